package ndoe.controller.negotiation;

import java.util.List;
import java.util.Map;
import ndoe.controller.dso.OperatorCost;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.cosim.validation.Verdict;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.ProsumerId;

/**
 * What the parties agreed on, and the judge’s word on it. Only a certified agreement may come into
 * force.
 *
 * @param envelopes with the prosumers’ plans
 * @param plans per prosumer; private to each
 * @param feedbackPasses how often the operator decided until the AC network was satisfied
 * @param shrinkFactor 1, or the factor all envelopes had to be multiplied with at the end
 * @param passiveLoadSlack by how much passive load alone breaks a linear limit; 0 when it does not
 * @param shortfallKw by how much an envelope is below the default one, kW; 0 when none is
 */
public record Agreement(
    Case decidedBy,
    EnvelopePlan envelopes,
    List<AssetSchedule> assets,
    OperatorCost operatorCost,
    Map<ProsumerId, ProsumerPlan> plans,
    Verdict verdict,
    int feedbackPasses,
    double shrinkFactor,
    double passiveLoadSlack,
    double shortfallKw) {
  public Agreement {
    assets = List.copyOf(assets);
    plans = Map.copyOf(plans);
  }

  public boolean certified() {
    return verdict instanceof Verdict.Certificate;
  }
}
