package ndoe.feeders;

/**
 * The numbers a key may have; none is larger than 1e30.
 *
 * @param low smallest, or the limit they stay above when {@code lowOpen}
 * @param high largest
 */
public record Range(double low, boolean lowOpen, double high) {
  /** More than any quantity of a network, and little enough to be multiplied by others. */
  private static final double LARGEST = 1e30;

  /** Every number that a quantity can have. */
  public static Range finite() {
    return new Range(-LARGEST, false, LARGEST);
  }

  public static Range atLeast(double low) {
    return new Range(low, false, LARGEST);
  }

  public static Range above(double low) {
    return new Range(low, true, LARGEST);
  }

  public static Range between(double low, double high) {
    return new Range(low, false, high);
  }

  public static Range aboveUpTo(double low, double high) {
    return new Range(low, true, high);
  }

  public boolean contains(double value) {
    return (lowOpen ? value > low : value >= low) && value <= high;
  }

  /** Whether a number is too large for any range. */
  static boolean isBeyondAll(double value) {
    return Math.abs(value) > LARGEST;
  }

  /** Some number of the range. */
  double example() {
    if (high < LARGEST) {
      return high;
    }
    return low == -LARGEST ? 0 : low + 1;
  }

  @Override
  public String toString() {
    if (low == high) {
      return "only " + text(high);
    }
    boolean bounded = high < LARGEST;
    if (low == -LARGEST) {
      return bounded ? "a number ≤ " + text(high) : "a finite number";
    }
    String above = (lowOpen ? "> " : "≥ ") + text(low);
    return "a number " + (bounded ? above + " and ≤ " + text(high) : above);
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
