package ndoe.devices.fleet;

import java.time.Duration;

/**
 * What the guard of one device minds beyond its rating.
 *
 * @param rampKwPerSecond fastest rise away from 0, kW of the scenario per second; infinite without
 * @param frozenAfter how long readings may be the same to the last digit before they count as
 *     frozen; zero if that is no sign of anything
 * @param restores whether the device is put back to what it was told before we came, instead of
 *     being left at its default
 */
public record Protection(double rampKwPerSecond, Duration frozenAfter, boolean restores) {
  /** Of a device that can do no harm. */
  public static final Protection NONE =
      new Protection(Double.POSITIVE_INFINITY, Duration.ZERO, false);

  public Protection {
    if (!(rampKwPerSecond > 0) || frozenAfter.isNegative()) {
      throw new IllegalArgumentException(
          "ramp must be above 0 kW/s and time not negative: %s, %s"
              .formatted(rampKwPerSecond, frozenAfter));
    }
  }
}
