package ndoe.controller.loop;

import java.time.Duration;
import java.util.OptionalDouble;
import ndoe.devices.emulator.SimulatedClock;

/**
 * Lets somebody hold the day, let it go on by one interval, or change its speed. As long as it is
 * held the setpoints in force stay and are renewed in real time, so that no device reverts; the day
 * is held only where that is so. May be used from several threads.
 */
public final class PaceControl {
  private static final double MOST_SPEED = 1e6;

  private final SimulatedClock clock;
  private final boolean real;
  private boolean paused;
  private boolean once;
  private OptionalDouble leapSpeed = OptionalDouble.empty();

  /**
   * Of a day.
   *
   * @param real whether some device moves in real time
   */
  PaceControl(SimulatedClock clock, boolean real) {
    this.clock = clock;
    this.real = real;
  }

  /** The day is held from the end of what is under way on; setpoints stay and are renewed. */
  public synchronized void pause() {
    paused = true;
    once = false;
  }

  /** The day goes on. */
  public synchronized void resume() {
    paused = false;
    once = false;
    clock.begin();
  }

  /** The day goes on until its next interval was measured, and is held then. */
  public synchronized void step() {
    paused = true;
    once = true;
  }

  public synchronized boolean isPaused() {
    return paused;
  }

  /** Why the speed cannot be changed; empty when it can. */
  public String fixedSpeed() {
    return real ? "real devices move in real time: start the run with --speed" : "";
  }

  /**
   * The day goes on at another speed; one that leaps waits so long in each interval.
   *
   * @param factor simulated over real time, above 0 and at most 1000000; empty to leap as fast as
   *     the devices settle, where the day leaps
   * @throws IllegalArgumentException if that is not possible, with the reason
   */
  public synchronized void speed(OptionalDouble factor) {
    if (!fixedSpeed().isEmpty()) {
      throw new IllegalArgumentException(fixedSpeed());
    }
    if (factor.isPresent() && !(factor.getAsDouble() > 0 && factor.getAsDouble() <= MOST_SPEED)) {
      throw new IllegalArgumentException(
          "speed must be above 0 and at most 1000000: " + factor.getAsDouble());
    }
    if (clock.isStepped()) {
      leapSpeed = factor;
    } else {
      clock.runAt(factor.orElse(MOST_SPEED));
    }
  }

  /** Real time an interval takes at least on a clock that leaps, ns. */
  synchronized long leapNanos(Duration simulated) {
    return leapSpeed.isPresent() ? (long) (simulated.toNanos() / leapSpeed.getAsDouble()) : 0;
  }

  /** One wait for the end of an interval; belongs to the thread that waits. */
  Passage passage() {
    return new Passage();
  }

  /** Whether the day is held in this wait. */
  final class Passage {
    private boolean admitted;

    /** Stops and starts the clock with it. */
    boolean isHeld() {
      synchronized (PaceControl.this) {
        if (once) {
          once = false;
          admitted = true;
        }
        boolean held = paused && !admitted;
        if (held) {
          clock.hold();
        } else {
          clock.begin();
        }
        return held;
      }
    }
  }
}
