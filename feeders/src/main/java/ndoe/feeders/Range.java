package ndoe.feeders;

import java.util.Locale;

/**
 * The finite numbers a key may have.
 *
 * @param low smallest, or the limit they stay above when {@code lowOpen}
 * @param high largest
 */
public record Range(double low, boolean lowOpen, double high) {

  /** Every finite number. */
  public static Range finite() {
    return new Range(-Double.MAX_VALUE, false, Double.MAX_VALUE);
  }

  public static Range atLeast(double low) {
    return new Range(low, false, Double.MAX_VALUE);
  }

  public static Range above(double low) {
    return new Range(low, true, Double.MAX_VALUE);
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

  /** Some number of the range. */
  double example() {
    if (high < Double.MAX_VALUE) {
      return high;
    }
    return low == -Double.MAX_VALUE ? 0 : low + 1;
  }

  @Override
  public String toString() {
    if (low == high) {
      return "only " + text(high);
    }
    boolean bounded = high < Double.MAX_VALUE;
    if (low == -Double.MAX_VALUE) {
      return bounded ? "a number ≤ " + text(high) : "a finite number";
    }
    String above = (lowOpen ? "> " : "≥ ") + text(low);
    return "a number " + (bounded ? above + " and ≤ " + text(high) : above);
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
