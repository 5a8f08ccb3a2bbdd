package ndoe.devices.guard;

import java.time.Duration;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.Measurement;

/** Notices readings that stand still although a live device’s never do. */
final class ReadingWatch {
  private final Duration frozenAfter;
  private Measurement last;
  private long changedNanos;

  ReadingWatch(Duration frozenAfter) {
    this.frozenAfter = frozenAfter;
  }

  /** Throws DeviceLinkException if nothing has changed for too long. */
  void take(Measurement reading, long nowNanos) {
    if (last == null || !sameAsLast(reading)) {
      changedNanos = nowNanos;
    }
    last = reading;
    boolean watches = !frozenAfter.isZero() && reading.voltagePu().isPresent();
    if (watches && nowNanos - changedNanos > frozenAfter.toNanos()) {
      throw new DeviceLinkException(
          "%s: frozen, its readings are the same to the last digit for more than %d s"
              .formatted(reading.device(), frozenAfter.toSeconds()));
    }
  }

  private boolean sameAsLast(Measurement reading) {
    return Double.compare(reading.activePowerKw(), last.activePowerKw()) == 0
        && Double.compare(reading.reactivePowerKvar(), last.reactivePowerKvar()) == 0
        && reading.voltagePu().equals(last.voltagePu());
  }
}
