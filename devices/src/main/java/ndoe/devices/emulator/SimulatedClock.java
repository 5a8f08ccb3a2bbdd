package ndoe.devices.emulator;

import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The time of a simulated day: stepped by hand, or following real time at some speed. */
public final class SimulatedClock implements Supplier<Instant> {
  private final LongSupplier monotonicNanos;
  private final double speed;
  private final long startedNanos;
  private final Instant startedAt;
  private Instant steppedTo;

  private SimulatedClock(Instant start, double speed, LongSupplier monotonicNanos) {
    this.startedAt = start;
    this.steppedTo = start;
    this.speed = speed;
    this.monotonicNanos = monotonicNanos;
    this.startedNanos = monotonicNanos.getAsLong();
  }

  /** A clock that stands until {@link #advanceTo}. */
  public static SimulatedClock stepped(Instant start) {
    return new SimulatedClock(start, 0, () -> 0);
  }

  /**
   * A clock that runs by itself.
   *
   * @param speed simulated over real seconds, above 0
   * @param monotonicNanos such as {@code System::nanoTime}
   */
  public static SimulatedClock running(Instant start, double speed, LongSupplier monotonicNanos) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed must be above 0: " + speed);
    }
    return new SimulatedClock(start, speed, monotonicNanos);
  }

  @Override
  public synchronized Instant get() {
    if (speed == 0) {
      return steppedTo;
    }
    long elapsed = monotonicNanos.getAsLong() - startedNanos;
    return startedAt.plusNanos(Math.round(elapsed * speed));
  }

  /**
   * Steps on; only a stepped clock.
   *
   * @throws IllegalArgumentException if that is in the past
   */
  public synchronized void advanceTo(Instant time) {
    if (speed != 0) {
      throw new IllegalStateException("this clock runs by itself");
    }
    if (time.isBefore(steppedTo)) {
      throw new IllegalArgumentException("time runs forward: " + time + " is before " + steppedTo);
    }
    steppedTo = time;
  }
}
