package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SimulatedClockTest {
  private static final Instant START = Instant.parse("2016-06-21T00:00:00Z");

  @Test
  void standsUntilItIsStepped() {
    SimulatedClock clock = SimulatedClock.stepped(START);
    assertEquals(START, clock.get());
    clock.advanceTo(START.plusSeconds(3600));
    assertEquals(START.plusSeconds(3600), clock.get());
    assertThrows(IllegalArgumentException.class, () -> clock.advanceTo(START));
  }

  @Test
  void runsAtItsSpeed() {
    AtomicLong nanos = new AtomicLong(-5);
    SimulatedClock clock = SimulatedClock.running(START, 60, nanos::get);
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());
    assertEquals(START.plusSeconds(1800), clock.get());
    assertThrows(IllegalStateException.class, () -> clock.advanceTo(START.plusSeconds(9999)));
    assertThrows(
        IllegalArgumentException.class, () -> SimulatedClock.running(START, 0, nanos::get));
  }

  @Test
  void showsTheTimeOfEveryAlarmItIsSteppedPast() {
    SimulatedClock clock = SimulatedClock.stepped(START);
    List<Instant> rung = new ArrayList<>();
    clock.alarm(START.plusSeconds(20), () -> rung.add(clock.get()));
    clock.alarm(START.plusSeconds(10), () -> rung.add(clock.get()));
    clock.alarm(START.plusSeconds(99), () -> rung.add(clock.get()));
    clock.advanceTo(START.plusSeconds(60));
    assertEquals(List.of(START.plusSeconds(10), START.plusSeconds(20)), rung);
    assertEquals(START.plusSeconds(60), clock.get());
    SimulatedClock runs = SimulatedClock.running(START, 1, System::nanoTime);
    assertThrows(IllegalStateException.class, () -> runs.alarm(START, () -> {}));
  }

  @Test
  void tellsRealTimeSinceAMomentOfItsOwn() {
    AtomicLong nanos = new AtomicLong();
    SimulatedClock clock = SimulatedClock.running(START, 60, nanos::get);
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());
    assertEquals(Duration.ofSeconds(20), clock.realTimeSince(START.plusSeconds(600)));
    assertEquals(Duration.ZERO, clock.realTimeSince(START.plusSeconds(6000)));
  }
}
