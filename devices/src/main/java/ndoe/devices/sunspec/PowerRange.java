package ndoe.devices.sunspec;

/**
 * Which powers a device takes, kW, injection positive.
 *
 * @param stepKw by which a bound may be off, being coded in steps
 */
record PowerRange(double leastKw, double mostKw, double stepKw) {
  boolean holds(double kw) {
    return kw >= leastKw - (leastKw < 0 ? stepKw : 0) && kw <= mostKw + stepKw;
  }

  double nearest(double kw) {
    return Math.min(Math.max(kw, leastKw), mostKw);
  }

  @Override
  public String toString() {
    return leastKw + " to " + mostKw + " kW";
  }
}
