package ndoe.controller.program;

/** Lower and upper bounds of equal length, in which ±infinity means none. */
final class Bounds {
  /** Beyond this a bound counts as infinite. */
  private static final double INFINITE = 1e20;

  /** Bounds that cross by no more than this, relative to their size, are taken as equal. */
  private static final double CROSSING_TOLERANCE = 1e-9;

  final double[] lower;
  final double[] upper;

  Bounds(double[] lower, double[] upper) {
    this.lower = lower;
    this.upper = upper;
    for (int i = 0; i < lower.length; i++) {
      set(i, lower[i], upper[i]);
    }
  }

  Bounds copy() {
    return new Bounds(lower.clone(), upper.clone());
  }

  void set(int index, double low, double high) {
    lower[index] = low <= -INFINITE ? Double.NEGATIVE_INFINITY : low;
    upper[index] = high >= INFINITE ? Double.POSITIVE_INFINITY : high;
    if (low > high) {
      lower[index] = upper[index] = (low + high) / 2;
    }
  }

  static void check(String what, double low, double high) {
    double tolerance = CROSSING_TOLERANCE * Math.max(1, Math.abs(low));
    // Written so that NaN fails as well.
    if (!(low <= high + tolerance) || low >= INFINITE || high <= -INFINITE) {
      throw new IllegalArgumentException(
          "Bounds of " + what + " leave no value: lower " + low + ", upper " + high);
    }
  }
}
