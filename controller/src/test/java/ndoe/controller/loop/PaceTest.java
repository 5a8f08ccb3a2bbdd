package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import ndoe.devices.emulator.SimulatedClock;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant START = Instant.parse("2016-06-21T00:00:00Z");
  private static final int SPEED = 100;

  private final SimulatedClock clock = SimulatedClock.running(START, SPEED, System::nanoTime);
  private final Pace pace = new Pace(clock, false, new CountDownLatch(1));

  @Test
  void beingLateOnceMovesNoStepAfterIt() {
    List<Duration> late = new ArrayList<>();
    for (int step = 1; step <= 20; step++) {
      Instant due = START.plusSeconds(10L * step);
      pace.passUntil(due);
      late.add(Duration.between(due, clock.get()));
      if (step == 5) {
        pace.await(Duration.ofMillis(60));
      }
    }
    late.forEach(one -> assertTrue(!one.isNegative(), "never early: " + late));
    double least =
        late.subList(10, 20).stream().mapToDouble(one -> one.toMillis() / 1e3).min().orElseThrow();
    assertTrue(least < 10, "the last steps have their own deadlines again: " + late);
  }

  @Test
  void whatWasMissedIsDoneOnceAndNotMadeUpFor() {
    List<Long> at = new ArrayList<>();
    pace.passUntil(
        START.plusSeconds(60),
        Duration.ofMillis(50),
        () -> {
          at.add(System.nanoTime());
          if (at.size() == 1) {
            pace.await(Duration.ofMillis(210));
          }
        });
    long after = at.stream().skip(1).filter(t -> t - at.get(0) < 245_000_000L).count();
    assertTrue(after <= 1, "bunched: " + at);
    assertTrue(at.size() <= 600 / 50, "more often than asked for: " + at.size());
  }

  @Test
  void waitsForNothingWhenStopped() {
    CountDownLatch stopped = new CountDownLatch(0);
    Pace over = new Pace(clock, false, stopped);
    over.passUntil(Instant.MAX);
    assertTrue(over.isStopped());
  }

  @Test
  void aHeldClockStandsUntilItBegins() {
    long[] nanos = {0};
    SimulatedClock held = SimulatedClock.held(START, 2, () -> nanos[0]);
    nanos[0] = Duration.ofSeconds(100).toNanos();
    assertEquals(START, held.get());
    held.begin();
    nanos[0] += Duration.ofSeconds(3).toNanos();
    assertEquals(START.plusSeconds(6), held.get());
    assertEquals(Duration.ofSeconds(2), held.realTimeUntil(START.plusSeconds(10)));
    assertEquals(Duration.ZERO, held.realTimeUntil(START));
  }
}
