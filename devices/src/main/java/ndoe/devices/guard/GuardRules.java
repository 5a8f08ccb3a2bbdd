package ndoe.devices.guard;

import java.time.Duration;

/**
 * What the guard of one device keeps.
 *
 * @param defaultKw what the device is left at when anything is in doubt: limit of a generator,
 *     power of a storage (injection positive), kW
 * @param validity how long a setpoint stands unless it is renewed; shorter than the device’s own
 *     reversion
 * @param rampKwPerSecond fastest rise away from 0, kW/s; infinite without; towards 0 is never
 *     slowed
 * @param frozenAfter how long readings may be the same to the last digit, the voltage among them,
 *     before they count as frozen; zero if that is no sign of anything
 * @param restores whether a device that was under a control when it was found is put back to it in
 *     the end, instead of being left at its default
 * @param withheld whether nothing is ever written
 */
public record GuardRules(
    double defaultKw,
    Duration validity,
    double rampKwPerSecond,
    Duration frozenAfter,
    boolean restores,
    boolean withheld) {
  public GuardRules {
    if (!Double.isFinite(defaultKw)) {
      throw new IllegalArgumentException("the default must be a number of kW: " + defaultKw);
    }
    if (validity.isNegative() || validity.isZero() || frozenAfter.isNegative()) {
      throw new IllegalArgumentException("times must be positive: " + validity);
    }
    if (!(rampKwPerSecond > 0)) {
      throw new IllegalArgumentException("a ramp must be above 0 kW/s: " + rampKwPerSecond);
    }
  }

  /** Default and validity alone. */
  public static GuardRules of(double defaultKw, Duration validity) {
    return new GuardRules(
        defaultKw, validity, Double.POSITIVE_INFINITY, Duration.ZERO, false, false);
  }
}
