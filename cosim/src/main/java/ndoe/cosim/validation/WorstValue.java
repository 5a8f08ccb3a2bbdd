package ndoe.cosim.validation;

import ndoe.cosim.validation.Violation.Kind;

/**
 * The worst value of one kind that was found, and where.
 *
 * @param kind what it would break: the lowest voltage for {@link Kind#UNDER_VOLTAGE}, the highest
 *     for {@link Kind#OVER_VOLTAGE}, the apparent power of the line nearest to or farthest beyond
 *     its rating for {@link Kind#LINE_RATING}
 * @param interval position in the horizon
 * @param element bus or line, by name
 * @param value in the unit of {@code kind}
 * @param limit what is allowed, same unit
 * @param point where it was found
 */
public record WorstValue(
    Kind kind, int interval, String element, double value, double limit, OperatingPoint point) {

  /** What is left to the limit, in the unit of {@link #kind}; negative when it is broken. */
  public double margin() {
    return kind == Kind.UNDER_VOLTAGE ? value - limit : limit - value;
  }

  /** The value as a fraction of the limit. */
  public double fraction() {
    return value / limit;
  }
}
