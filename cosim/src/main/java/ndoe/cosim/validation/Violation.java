package ndoe.cosim.validation;

import java.util.Comparator;

/**
 * One broken limit.
 *
 * @param interval position in the horizon
 * @param point which operating point: {@code import-corner}, {@code export-corner}, {@code
 *     random-17}, {@code worst-case}, the name of a dispatch, or a corner {@code without} an asset
 *     or {@code with} forecast errors
 * @param element bus, line or prosumer, by name
 * @param value what the power flow found, in the unit of {@code kind}
 * @param limit what is allowed, same unit
 */
public record Violation(
    int interval, String point, Kind kind, String element, double value, double limit) {

  static final Comparator<Violation> WORST_FIRST =
      Comparator.comparingDouble(Violation::severity)
          .reversed()
          .thenComparingInt(Violation::interval)
          .thenComparing(Violation::point)
          .thenComparing(Violation::kind)
          .thenComparing(Violation::element);

  /** What was broken; each has its unit. */
  public enum Kind {
    UNDER_VOLTAGE("pu"),
    OVER_VOLTAGE("pu"),
    LINE_RATING("kVA"),
    OUTSIDE_ENVELOPE("kW"),
    NOT_CONVERGED(""),
    /**
     * Forecast errors break limits more often than promised, with 95 % confidence: {@code value} is
     * the share found over the whole horizon, {@code interval} the one with the largest share and
     * {@code element} what breaks there most often.
     */
    FORECAST_RISK("");

    private final String unit;

    Kind(String unit) {
      this.unit = unit;
    }

    public String unit() {
      return unit;
    }
  }

  /**
   * How far beyond the limit, as a fraction of it; no solution is worse than anything, and what is
   * broken for certain is worse than what may be broken.
   */
  private double severity() {
    if (kind == Kind.NOT_CONVERGED) {
      return Double.POSITIVE_INFINITY;
    }
    if (kind == Kind.FORECAST_RISK) {
      return -1;
    }
    double beyond = Math.abs(value - limit);
    return beyond / Math.max(Math.abs(limit), AcValidator.ENVELOPE_TOLERANCE_KW);
  }
}
