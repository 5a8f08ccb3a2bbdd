package ndoe.controller.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ndoe.devices.emulator.SimulatedClock;

/**
 * How fast the simulated day passes: by leaps, as fast as the devices settle, or with the monotonic
 * clock at a factor. The only place of the loop that waits.
 */
final class Pace {
  /** How often a wait looks at the clock again. */
  private static final Duration LOOK = Duration.ofMillis(20);

  private final SimulatedClock clock;
  private final boolean leaping;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** A pace; {@code leaping} when the clock is stepped by hand. */
  Pace(SimulatedClock clock, boolean leaping) {
    this.clock = clock;
    this.leaping = leaping;
  }

  /** Lets simulated time pass; ends early when stopped. */
  void passUntil(Instant simulated) {
    passUntil(simulated, Duration.ofDays(1), () -> {});
  }

  /**
   * Lets simulated time pass and does something regularly meanwhile.
   *
   * @param every how often, in real time
   */
  void passUntil(Instant simulated, Duration every, Runnable meanwhile) {
    if (leaping) {
      clock.advanceTo(simulated);
      return;
    }
    long next = System.nanoTime() + every.toNanos();
    while (clock.now().isBefore(simulated) && !await(LOOK)) {
      if (System.nanoTime() - next >= 0) {
        meanwhile.run();
        next = System.nanoTime() + every.toNanos();
      }
    }
  }

  /** Waits in real time; true when stopped. */
  boolean await(Duration realTime) {
    try {
      return stopped.await(realTime.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  Instant now() {
    return clock.now();
  }

  /** Ends every wait, now and later. */
  void stop() {
    stopped.countDown();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }
}
