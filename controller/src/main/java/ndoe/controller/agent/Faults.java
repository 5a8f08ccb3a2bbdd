package ndoe.controller.agent;

import java.time.Duration;

/**
 * What happens to messages on their way.
 *
 * @param lostFraction of messages that never arrive, in [0, 1)
 * @param duplicatedFraction of messages that arrive twice, in [0, 1)
 * @param delay of every message, mean
 * @param jitter most by which a message is faster or slower than that, so that some overtake others
 */
public record Faults(
    double lostFraction, double duplicatedFraction, Duration delay, Duration jitter) {
  public Faults {
    fraction("lostFraction", lostFraction);
    fraction("duplicatedFraction", duplicatedFraction);
    if (delay.isNegative() || jitter.isNegative() || jitter.compareTo(delay) > 0) {
      throw new IllegalArgumentException(
          "delay must be at least jitter, and both at least 0: %s ± %s".formatted(delay, jitter));
    }
  }

  private static void fraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1): " + value);
    }
  }
}
