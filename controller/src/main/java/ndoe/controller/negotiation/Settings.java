package ndoe.controller.negotiation;

import ndoe.controller.message.Terms;

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
  /** Penalties and steps that were found to work on the reference scenario (method, 7). */
  public static final Terms TERMS =
      new Terms(Terms.TradeMethod.TRIAMC, 0.5, 0.9, 0.05, 1.6, 3, 120, 1, 1e-3);

  public static Settings defaults(int randomPoints) {
    return new Settings(TERMS, false, false, false, randomPoints);
  }
}
