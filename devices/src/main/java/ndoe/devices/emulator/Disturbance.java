package ndoe.devices.emulator;

import java.time.Duration;

/**
 * What happens to messages between a gateway and its broker, in both directions.
 *
 * @param lostFraction of messages that never arrive, in [0, 1]
 * @param delay of every message, mean
 * @param jitter most by which a message is faster or slower than that, so that some overtake
 *     others; at most the delay
 */
public record Disturbance(double lostFraction, Duration delay, Duration jitter) {
  public Disturbance {
    if (!(lostFraction >= 0 && lostFraction <= 1)) {
      throw new IllegalArgumentException("lostFraction must be in [0, 1]: " + lostFraction);
    }
    if (delay.isNegative() || jitter.isNegative() || jitter.compareTo(delay) > 0) {
      throw new IllegalArgumentException(
          "delay must be at least jitter, and both at least 0: %s ± %s".formatted(delay, jitter));
    }
  }
}
