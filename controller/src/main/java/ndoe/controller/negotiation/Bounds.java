package ndoe.controller.negotiation;

/**
 * What is certain about the objective of all together (method, section 8), in the scenario’s
 * currency.
 *
 * @param lower no feasible agreement costs less
 * @param upper what the published agreement costs
 * @param scale |operator’s cost| + |prosumers’ cost|, which gaps are measured in
 */
public record Bounds(double lower, double upper, double scale) {

  /** Certified gap, fraction. */
  public double gapFraction() {
    return (upper - lower) / scale;
  }
}
