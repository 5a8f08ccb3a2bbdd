package ndoe.controller.dso;

import java.util.List;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.EnvelopePlan;

/**
 * What the operator decided.
 *
 * @param envelopes with the plans the operator assumed
 * @param objective the operator’s objective, in the scenario’s currency
 * @param largestSlack by how much passive load alone breaks a linear limit, squared per-unit
 *     voltage or MVA; 0 when it does not
 */
public record OperatorDecision(
    EnvelopePlan envelopes,
    List<AssetSchedule> assets,
    double objective,
    double largestSlack,
    double largestShortfallKw) {
  public OperatorDecision {
    assets = List.copyOf(assets);
  }
}
