package ndoe.controller.dso;

/**
 * What the linear network must keep clear so that the full AC network keeps its limits (method,
 * 11): back-offs of squared voltage per interval and bus, of line rating per interval and line.
 */
public final class AcMargins {
  private final double[][] low;
  private final double[][] high;
  private final double[][] ratingMva;

  public AcMargins(int intervals, int buses, int lines) {
    low = new double[intervals][buses];
    high = new double[intervals][buses];
    ratingMva = new double[intervals][lines];
  }

  /** Back-off of the lower limit, squared per unit, ≥ 0. */
  public double low(int interval, int bus) {
    return low[interval][bus];
  }

  /** Back-off of the upper limit, squared per unit, ≥ 0. */
  public double high(int interval, int bus) {
    return high[interval][bus];
  }

  /** Back-off of the line rating, MVA, ≥ 0. */
  public double ratingMva(int interval, int line) {
    return ratingMva[interval][line];
  }

  public void raiseLow(int interval, int bus, double margin) {
    low[interval][bus] = Math.max(low[interval][bus], margin);
  }

  public void raiseHigh(int interval, int bus, double margin) {
    high[interval][bus] = Math.max(high[interval][bus], margin);
  }

  public void raiseRatingMva(int interval, int line, double margin) {
    ratingMva[interval][line] = Math.max(ratingMva[interval][line], margin);
  }

  /** Largest change of a squared voltage back-off against another set of margins. */
  public double largestVoltageChange(AcMargins other) {
    double largest = 0;
    for (int t = 0; t < low.length; t++) {
      for (int b = 0; b < low[t].length; b++) {
        largest = Math.max(largest, Math.abs(low[t][b] - other.low[t][b]));
        largest = Math.max(largest, Math.abs(high[t][b] - other.high[t][b]));
      }
    }
    return largest;
  }
}
