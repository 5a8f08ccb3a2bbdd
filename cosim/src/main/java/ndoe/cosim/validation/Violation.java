package ndoe.cosim.validation;

/**
 * One broken limit.
 *
 * @param interval position in the horizon
 * @param point which operating point: {@code import-corner}, {@code export-corner}, {@code
 *     random-17} or the name of a dispatch
 * @param element bus or line, by name
 * @param value what the power flow found, in the unit of {@code kind}
 * @param limit what is allowed, same unit
 */
public record Violation(
    int interval, String point, Kind kind, String element, double value, double limit) {

  /** What was broken; each has its unit. */
  public enum Kind {
    UNDER_VOLTAGE("pu"),
    OVER_VOLTAGE("pu"),
    LINE_RATING("kVA"),
    OUTSIDE_ENVELOPE("kW"),
    NOT_CONVERGED("");

    private final String unit;

    Kind(String unit) {
      this.unit = unit;
    }

    public String unit() {
      return unit;
    }
  }
}
