package ndoe.devices.sunspec;

import java.time.Duration;

/**
 * What a device does on its own when it is not heard of for a while.
 *
 * @param after whole seconds, at least 1; a good refresh period is a third of it
 * @param powerKw limit of a generator, power of a storage (injection positive), kW
 */
public record Reversion(Duration after, double powerKw) {
  public Reversion {
    if (after.toSeconds() < 1 || after.toSeconds() > 0xFFFF_FFFEL || after.getNano() != 0) {
      throw new IllegalArgumentException("reversion must be whole seconds from 1, not " + after);
    }
    if (!Double.isFinite(powerKw)) {
      throw new IllegalArgumentException("reversion power must be a number, not " + powerKw);
    }
  }
}
