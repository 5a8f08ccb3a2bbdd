package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import ndoe.devices.emulator.SimulatedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PaceControlTest {
  private static final Instant START = Instant.parse("2016-06-21T00:00:00Z");
  private static final Duration REFRESH = Duration.ofMillis(20);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicInteger refreshes = new AtomicInteger();
  private final List<Integer> ended = new CopyOnWriteArrayList<>();
  private Thread day;

  /** A day of ten intervals of a minute. */
  private PaceControl begin(SimulatedClock clock, boolean leaping, boolean pausedFirst) {
    PaceControl control = new PaceControl(clock, false);
    Pace pace = new Pace(clock, leaping, stopped, control);
    if (pausedFirst) {
      control.pause();
    }
    day =
        new Thread(
            () -> {
              for (int t = 1; t <= 10 && !pace.isStopped(); t++) {
                pace.passUntil(START.plusSeconds(60L * t), REFRESH, refreshes::incrementAndGet);
                ended.add(t);
              }
            });
    day.start();
    return control;
  }

  @AfterEach
  void end() throws InterruptedException {
    stopped.countDown();
    day.join();
  }

  private void awaitEnded(int intervals) {
    while (ended.size() < intervals) {
      Thread.onSpinWait();
    }
  }

  private void awaitRefreshes(int more) {
    int before = refreshes.get();
    while (refreshes.get() < before + more) {
      Thread.onSpinWait();
    }
  }

  @Test
  void keepsRefreshingInRealTimeAsLongAsALeapingDayIsHeld() {
    PaceControl control = begin(SimulatedClock.stepped(START), true, true);
    awaitRefreshes(5);
    assertEquals(List.of(), ended);
    control.resume();
    awaitEnded(10);
  }

  @Test
  void keepsRefreshingInRealTimeAsLongAsARunningDayIsHeld() {
    SimulatedClock clock = SimulatedClock.held(START, 600, System::nanoTime);
    PaceControl control = begin(clock, false, true);
    awaitRefreshes(10);
    assertEquals(START, clock.get(), "simulated time stands");
    assertEquals(List.of(), ended);
    control.resume();
    awaitEnded(10);
  }

  @Test
  void goesOnByOneIntervalAtATime() {
    PaceControl control = begin(SimulatedClock.stepped(START), true, true);
    awaitRefreshes(1);
    for (int t = 1; t <= 3; t++) {
      control.step();
      awaitEnded(t);
      awaitRefreshes(3);
      assertEquals(t, ended.size());
      assertTrue(control.isPaused());
    }
  }

  @Test
  void goesOnByOneIntervalOfARunningClock() {
    SimulatedClock clock = SimulatedClock.held(START, 600, System::nanoTime);
    PaceControl control = begin(clock, false, true);
    awaitRefreshes(2);
    control.step();
    awaitEnded(1);
    awaitRefreshes(10);
    assertEquals(1, ended.size());
    assertTrue(Duration.between(START, clock.get()).toSeconds() < 120, "stands again");
  }

  @Test
  void aHeldDayEndsAtOnceWhenStopped() throws InterruptedException {
    begin(SimulatedClock.stepped(START), true, true);
    awaitRefreshes(1);
    stopped.countDown();
    day.join(5_000);
    assertFalse(day.isAlive());
  }

  @Test
  void takesTimeForEachIntervalOfALeapingDayWhenAskedTo() {
    SimulatedClock clock = SimulatedClock.stepped(START);
    PaceControl control = begin(clock, true, true);
    control.speed(OptionalDouble.of(600));
    long begun = System.nanoTime();
    control.resume();
    awaitEnded(10);
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertTrue(seconds > 0.8, seconds + " s for 600 s at 600");
  }

  @Test
  void refusesASpeedThatIsNone() {
    PaceControl control = begin(SimulatedClock.stepped(START), true, true);
    for (double speed : new double[] {0, -1, Double.NaN, 1e7}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> control.speed(OptionalDouble.of(speed)),
          "" + speed);
    }
    PaceControl real = new PaceControl(SimulatedClock.stepped(START), true);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> real.speed(OptionalDouble.of(60)));
    assertTrue(refused.getMessage().contains("real time"), refused.getMessage());
  }
}
