package ndoe.devices.sunspec;

/** Power coded as a percentage of a full power. */
final class PercentCode {
  private static final double PERCENT = 100;

  private PercentCode() {}

  /**
   * The largest code whose decoded power is not above the one asked for.
   *
   * @param kw 0 or more
   * @param fullKw what 100 % stands for, above 0
   * @param power of ten, the scale factor
   */
  static long atMost(double kw, double fullKw, int power) {
    long raw = (long) Math.rint(Scale.invert(kw / fullKw * PERCENT, power));
    while (raw > 0 && kw(raw, fullKw, power) > kw) {
      raw--;
    }
    return raw;
  }

  static double kw(long raw, double fullKw, int power) {
    return Scale.apply(raw * fullKw / PERCENT, power); // in this order, 7 % of 150 is 10.5
  }
}
