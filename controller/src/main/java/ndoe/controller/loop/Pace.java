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
  /** Longest wait before the control is looked at again. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final SimulatedClock clock;
  private final boolean leaping;
  private final CountDownLatch stopped;
  private final PaceControl control;
  private long leaptNanos = System.nanoTime();

  /**
   * A pace nobody controls.
   *
   * @param leaping whether the clock is stepped by hand
   * @param stopped counted down to end every wait, now and later
   */
  Pace(SimulatedClock clock, boolean leaping, CountDownLatch stopped) {
    this(clock, leaping, stopped, new PaceControl(clock, false));
  }

  /** As above, held and let go by somebody. */
  Pace(SimulatedClock clock, boolean leaping, CountDownLatch stopped, PaceControl control) {
    this.clock = clock;
    this.leaping = leaping;
    this.stopped = stopped;
    this.control = control;
  }

  /** Lets simulated time pass, whoever holds the day; ends early when stopped. */
  void passUntil(Instant simulated) {
    if (leaping) {
      clock.advanceTo(simulated);
      return;
    }
    boolean told = isStopped();
    while (!told && clock.get().isBefore(simulated)) {
      told = await(atLeastOneNano(min(clock.realTimeUntil(simulated), LOOK)));
    }
  }

  /**
   * Lets simulated time pass and does something regularly meanwhile, also as long as the day is
   * held; the only wait in which it is.
   *
   * @param every how often, in real time
   */
  void passUntil(Instant simulated, Duration every, Runnable meanwhile) {
    Beat beat = new Beat(every);
    Duration leap = Duration.between(clock.get(), simulated);
    PaceControl.Passage passage = control.passage();
    boolean told = isStopped();
    while (!told && (passage.isHeld() || !isTime(simulated, leap))) {
      if (beat.isDue()) {
        meanwhile.run();
        beat.next();
      }
      Duration left = leaping || passage.isHeld() ? LOOK : clock.realTimeUntil(simulated);
      told = await(atLeastOneNano(min(min(left, LOOK), beat.left())));
    }
    if (leaping) {
      clock.advanceTo(simulated);
      leaptNanos = System.nanoTime();
    }
  }

  private boolean isTime(Instant simulated, Duration leap) {
    return leaping
        ? System.nanoTime() - leaptNanos >= control.leapNanos(leap)
        : !clock.get().isBefore(simulated);
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
