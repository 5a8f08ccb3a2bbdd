package ndoe.controller.negotiation;

import ndoe.controller.message.Terms;
import ndoe.feeders.Scenario;

/**
 * How to come to an agreement.
 *
 * @param terms what the parties negotiate by
 * @param amongNeighbours whether prosumers clear their trades link by link, without a platform
 * @param envelopeRent whether prosumers pay for their envelopes; prices only inform without it
 * @param bargaining whether savings are shared by Nash bargaining
 * @param randomPoints points inside the envelopes the judge tries, per interval
 */
public record Settings(
    Terms terms,
    boolean amongNeighbours,
    boolean envelopeRent,
    boolean bargaining,
    int randomPoints) {
  /** Largest connection of the reference scenario, kW. */
  private static final double REFERENCE_KW = 1000;

  /** Penalties and steps that were found to work on the reference scenario (method, 7). */
  public static final Terms TERMS =
      new Terms(Terms.TradeMethod.TRIAMC, 0.5, 0.9, 0.05, 1.6, 3, 120, 1, 1e-3);

  /**
   * The same for connections of another size: prices stay what they are, so penalties on power grow
   * as powers and their tolerance shrink.
   */
  public Settings fittedTo(Scenario scenario) {
    double largestKw =
        scenario.connectionPoints().stream()
            .mapToDouble(point -> Math.max(point.importCapacityKw(), point.exportCapacityKw()))
            .max()
            .orElse(REFERENCE_KW);
    return largestKw > 0
        ? new Settings(
            terms.forPowers(largestKw / REFERENCE_KW),
            amongNeighbours,
            envelopeRent,
            bargaining,
            randomPoints)
        : this;
  }

  public static Settings defaults(int randomPoints) {
    return new Settings(TERMS, false, false, false, randomPoints);
  }
}
