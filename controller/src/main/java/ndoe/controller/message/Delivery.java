package ndoe.controller.message;

import java.util.SplittableRandom;

/** Which messages arrive; asked once for every attempt, in the order they are sent. */
@FunctionalInterface
public interface Delivery {
  /** Every message arrives. */
  Delivery RELIABLE = message -> true;

  boolean arrives(Message message);

  /**
   * Loses every message with the same probability, whatever happened to others.
   *
   * @param lostFraction in [0, 1)
   */
  static Delivery losing(double lostFraction, long seed) {
    if (!(lostFraction >= 0 && lostFraction < 1)) {
      throw new IllegalArgumentException("lostFraction must be in [0, 1): " + lostFraction);
    }
    SplittableRandom random = new SplittableRandom(seed);
    return message -> random.nextDouble() >= lostFraction;
  }
}
