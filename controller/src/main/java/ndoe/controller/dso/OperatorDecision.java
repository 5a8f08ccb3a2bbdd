package ndoe.controller.dso;

import java.util.List;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.EnvelopePlan;

/**
 * What the operator decided.
 *
 * @param envelopes with the plans the operator assumed
 * @param objective the operator’s objective, in the scenario’s currency
 * @param brokenLimits those passive load alone breaks, the worst of each kind and interval
 */
public record OperatorDecision(
    EnvelopePlan envelopes,
    List<AssetSchedule> assets,
    double objective,
    List<BrokenLimit> brokenLimits,
    double largestShortfallKw) {
  public OperatorDecision {
    assets = List.copyOf(assets);
    brokenLimits = List.copyOf(brokenLimits);
  }

  /** By how much passive load alone breaks a linear limit; 0 when it does not. */
  public double largestSlack() {
    return brokenLimits.stream().mapToDouble(BrokenLimit::by).max().orElse(0);
  }
}
