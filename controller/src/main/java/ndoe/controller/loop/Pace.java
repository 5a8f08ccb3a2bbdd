package ndoe.controller.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.gridsimulator.PowerHardwareLoop.Rest;

/**
 * How fast the simulated day passes: by leaps, as fast as the devices settle, or with the monotonic
 * clock at a factor. The only place of the loop that waits. Deadlines are absolute, so that being
 * late once moves nothing after it, and what is late is done once, not made up for.
 */
final class Pace {
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
    Beat beat = new Beat(every);
    boolean told = isStopped();
    while (!told && clock.get().isBefore(simulated)) {
      if (beat.isDue()) {
        meanwhile.run();
        beat.next();
      }
      told = await(atLeastOneNano(min(clock.realTimeUntil(simulated), beat.left())));
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
    Beat beat = new Beat(every);
    return time -> {
      long end = System.nanoTime() + time.toNanos();
      boolean told = isStopped();
      while (!told && end - System.nanoTime() > 0) {
        if (beat.isDue()) {
          meanwhile.run();
          beat.next();
        }
        told = await(atLeastOneNano(min(Duration.ofNanos(end - System.nanoTime()), beat.left())));
      }
      return told;
    };
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration atLeastOneNano(Duration left) {
    return left.isNegative() || left.isZero() ? Duration.ofNanos(1) : left;
  }

  /** Deadlines at a fixed distance in monotonic time; those that are missed are left out. */
  private static final class Beat {
    private final long everyNanos;
    private long dueNanos;

    Beat(Duration every) {
      everyNanos = every.toNanos();
      dueNanos = System.nanoTime() + everyNanos;
    }

    boolean isDue() {
      return System.nanoTime() - dueNanos >= 0;
    }

    Duration left() {
      return Duration.ofNanos(dueNanos - System.nanoTime());
    }

    void next() {
      long late = Math.max(0, System.nanoTime() - dueNanos);
      dueNanos += (late / everyNanos + 1) * everyNanos;
    }
  }

  Instant now() {
    return clock.get();
  }

  boolean isLeaping() {
    return leaping;
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }
}
