package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
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
}
