package ndoe.devices.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The time of a simulated day: stepped by hand, or following real time at some speed. */
public final class SimulatedClock implements Supplier<Instant> {
  private final LongSupplier monotonicNanos;
  private double speed;
  private long startedNanos;
  private Instant startedAt;
  private boolean held;
  private Instant steppedTo;
  private final List<Alarm> alarms = new ArrayList<>();

  private record Alarm(Instant at, Runnable action) {}

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
    requireSpeed(speed);
    return new SimulatedClock(start, speed, monotonicNanos);
  }

  /** A clock that runs by itself from {@link #begin} on and stands until then. */
  public static SimulatedClock held(Instant start, double speed, LongSupplier monotonicNanos) {
    SimulatedClock clock = running(start, speed, monotonicNanos);
    clock.held = true;
    return clock;
  }

  /** Lets a held clock run; nothing to one that is stepped or runs already. */
  public synchronized void begin() {
    if (held) {
      held = false;
      startedAt = steppedTo;
      startedNanos = monotonicNanos.getAsLong();
    }
  }

  /** Lets it stand until {@link #begin}; nothing to one that is stepped or stands already. */
  public synchronized void hold() {
    if (speed != 0 && !held) {
      steppedTo = get();
      held = true;
    }
  }

  /**
   * From now on it runs at another speed; only a clock that runs by itself.
   *
   * @param other simulated over real seconds, above 0
   */
  public synchronized void runAt(double other) {
    if (speed == 0) {
      throw new IllegalStateException("this clock is stepped by hand");
    }
    requireSpeed(other);
    startedAt = get();
    startedNanos = monotonicNanos.getAsLong();
    speed = other;
  }

  private static void requireSpeed(double speed) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed must be above 0: " + speed);
    }
  }

  /** Real time until it shows this time; zero when it has, or never will by itself. */
  public synchronized Duration realTimeUntil(Instant time) {
    Duration left = Duration.between(get(), time);
    if (speed == 0 || left.isNegative()) {
      return Duration.ZERO;
    }
    double nanos = left.toSeconds() * 1e9 + left.toNanosPart();
    return Duration.ofNanos((long) Math.min(Long.MAX_VALUE, Math.ceil(nanos / speed)));
  }

  /** Real time since it showed this time; zero when it has not yet, or is stepped by hand. */
  public synchronized Duration realTimeSince(Instant time) {
    Duration past = Duration.between(time, get());
    if (speed == 0 || past.isNegative()) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) ((past.toSeconds() * 1e9 + past.toNanosPart()) / speed));
  }

  @Override
  public synchronized Instant get() {
    if (speed == 0 || held) {
      return steppedTo;
    }
    long elapsed = monotonicNanos.getAsLong() - startedNanos;
    return startedAt.plusNanos(Math.round(elapsed * speed));
  }

  /** Whether it is stepped by hand. */
  public synchronized boolean isStepped() {
    return speed == 0;
  }

  /**
   * Does something when the clock is stepped to this time or past it; only a stepped clock. The
   * clock shows that time then, and the action runs on the thread that steps it.
   */
  public synchronized void alarm(Instant at, Runnable action) {
    if (speed != 0) {
      throw new IllegalStateException("this clock runs by itself");
    }
    alarms.add(new Alarm(at, action));
    alarms.sort(Comparator.comparing(Alarm::at));
  }

  /**
   * Steps on, to one alarm after the other and then to the time; only a stepped clock.
   *
   * @throws IllegalArgumentException if that is in the past
   */
  public void advanceTo(Instant time) {
    for (Optional<Alarm> due = nextUntil(time); due.isPresent(); due = nextUntil(time)) {
      due.get().action().run();
    }
    stepTo(time);
  }

  private synchronized Optional<Alarm> nextUntil(Instant time) {
    if (alarms.isEmpty() || alarms.get(0).at().isAfter(time)) {
      return Optional.empty();
    }
    Alarm due = alarms.remove(0);
    if (due.at().isAfter(steppedTo)) {
      steppedTo = due.at();
    }
    return Optional.of(due);
  }

  private synchronized void stepTo(Instant time) {
    if (speed != 0) {
      throw new IllegalStateException("this clock runs by itself");
    }
    if (time.isBefore(steppedTo)) {
      throw new IllegalArgumentException("time runs forward: " + time + " is before " + steppedTo);
    }
    steppedTo = time;
  }
}
