package ndoe.controller.study;

import java.util.List;
import ndoe.controller.negotiation.LinearNegotiation.Outcome;

/**
 * What became of one variant.
 *
 * @param objectiveGapFraction of the feasible agreement to the central optimum, of |operator’s| +
 *     |prosumers’ cost|
 * @param linearViolations in the offers of all rounds, the first included
 * @param acViolations the same on the AC network
 */
public record AlgorithmResult(
    AlgorithmVariant variant,
    Outcome outcome,
    double objectiveGapFraction,
    int linearViolations,
    int acViolations,
    List<AlgorithmRound> rounds) {
  public AlgorithmResult {
    rounds = List.copyOf(rounds);
  }
}
