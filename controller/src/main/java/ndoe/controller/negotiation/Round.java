package ndoe.controller.negotiation;

import java.time.Duration;

/**
 * One exchange between operator and prosumers, as the coordinator sees it.
 *
 * @param number counted from 1 over the whole negotiation
 * @param feedbackPass of the AC feedback it belongs to, counted from 1
 * @param cycles of trading in this round
 * @param envelopeMismatchKw largest difference between an offer and a request, kW
 * @param balanceMismatchKw largest difference between a plan and what is bought, kW
 * @param envelopeMovementPerKwh largest movement of an offer, as the price that pays for it
 * @param tradeMovementPerKwh largest movement of a trade, as the price that pays for it
 * @param objective what all positions cost as they are, in the scenario’s currency; not feasible
 *     until the mismatches are gone
 * @param singleSweep whether this round was one of the mode that is proven to converge
 * @param messages carried so far
 * @param payloadBytes carried so far
 * @param elapsed since the first round began
 */
public record Round(
    int number,
    int feedbackPass,
    int cycles,
    double envelopeMismatchKw,
    double balanceMismatchKw,
    double envelopeMovementPerKwh,
    double tradeMovementPerKwh,
    double objective,
    boolean singleSweep,
    long messages,
    long payloadBytes,
    Duration elapsed) {

  /** The larger of both mismatches, kW. */
  public double mismatchKw() {
    return Math.max(envelopeMismatchKw, balanceMismatchKw);
  }

  /** The larger of both movements, currency per kWh. */
  public double movementPerKwh() {
    return Math.max(envelopeMovementPerKwh, tradeMovementPerKwh);
  }
}
