package ndoe.controller.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.gridsimulator.PowerHardwareLoop.Rest;

/**
 * How fast the simulated day passes: by leaps, as fast as the devices settle, or with the monotonic
 * clock at a factor. The only place of the loop that waits.
 */
final class Pace {
  /** How often a wait looks at the clock again. */
  private static final Duration LOOK = Duration.ofMillis(20);

  private final SimulatedClock clock;
  private final boolean leaping;
  private final CountDownLatch stopped;

  /**
   * A pace.
   *
   * @param leaping whether the clock is stepped by hand
   * @param stopped counted down to end every wait, now and later
   */
  Pace(SimulatedClock clock, boolean leaping, CountDownLatch stopped) {
    this.clock = clock;
    this.leaping = leaping;
    this.stopped = stopped;
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
    while (clock.get().isBefore(simulated) && !await(LOOK)) {
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

  /**
   * A wait in real time, made of several, in which something is done regularly.
   *
   * @param every how often, over all waits together
   */
  Rest rest(Duration every, Runnable meanwhile) {
    long[] next = {System.nanoTime() + every.toNanos()};
    return time -> {
      long end = System.nanoTime() + time.toNanos();
      boolean told = isStopped();
      while (!told && end - System.nanoTime() > 0) {
        if (System.nanoTime() - next[0] >= 0) {
          meanwhile.run();
          next[0] = System.nanoTime() + every.toNanos();
        }
        long left = Math.min(end, next[0]) - System.nanoTime();
        told = await(Duration.ofNanos(Math.max(1, left)));
      }
      return told;
    };
  }

  Instant now() {
    return clock.get();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }
}
