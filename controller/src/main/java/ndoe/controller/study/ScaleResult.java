package ndoe.controller.study;

import java.util.OptionalDouble;
import ndoe.controller.negotiation.LinearNegotiation.Outcome;

/**
 * The negotiation with one number of prosumers.
 *
 * @param intervals of the horizon
 * @param centralSeconds to build and solve one program that decides for all; empty when skipped
 * @param objectiveGapFraction to that, of |operator’s| + |prosumers’ cost|; empty when skipped
 */
public record ScaleResult(
    int prosumers,
    int intervals,
    int samples,
    Outcome outcome,
    OptionalDouble centralSeconds,
    OptionalDouble objectiveGapFraction) {

  double workSeconds() {
    return outcome.work().toNanos() / 1e9;
  }

  double seconds() {
    return outcome.elapsed().toNanos() / 1e9;
  }
}
