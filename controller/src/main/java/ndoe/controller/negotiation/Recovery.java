package ndoe.controller.negotiation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.OperatorCost;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.dso.OperatorProblem;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * What everybody does inside envelopes with the trades firm, and what that costs: feasible whatever
 * was agreed before (method, section 8).
 *
 * @param envelopes in whole watts, with the prosumers’ plans
 * @param assets that make the envelopes safe
 */
record Recovery(
    Map<ProsumerId, ProsumerPlan> plans,
    EnvelopePlan envelopes,
    List<AssetSchedule> assets,
    OperatorCost operatorCost) {

  /**
   * Everybody has planned inside its envelope; now the operator schedules its assets.
   *
   * @param offered envelopes the plans are inside
   * @param plans of everybody who was not dropped; nothing is planned for the others
   * @param margins the envelopes were decided with
   * @param respectingNetwork whether assets support the envelopes, or just what is planned: without
   *     a network in mind the operator can only make the best of that
   */
  static Recovery of(
      Participants participants,
      EnvelopePlan offered,
      Map<ProsumerId, ProsumerPlan> plans,
      AcMargins margins,
      boolean respectingNetwork,
      ConvexSolver solver) {
    Map<ProsumerId, Profile> planned = new HashMap<>();
    Profile nothing = Profile.constant(0, offered.horizon().intervals());
    participants.ids().forEach(id -> planned.put(id, nothing));
    plans.forEach((id, plan) -> planned.put(id, plan.plannedNetImportKw()));
    EnvelopePlan envelopes = EnvelopePlanFile.asWritten(Envelopes.withPlans(offered, planned));
    OperatorDecision decision =
        OperatorProblem.schedule(
            participants.operator(),
            margins,
            respectingNetwork ? envelopes : Envelopes.aroundPlans(envelopes),
            solver);
    OperatorCost cost =
        OperatorCost.of(participants.operator(), margins.network(), envelopes, decision.assets());
    return new Recovery(plans, envelopes, decision.assets(), cost);
  }

  /** Bounds on the objective, given the lower one, in the scenario’s currency. */
  Bounds bounds(double lower, double networkCharges) {
    double prosumers =
        plans.values().stream().mapToDouble(ProsumerPlan::cost).sum() + networkCharges;
    return new Bounds(
        lower,
        operatorCost.total() + prosumers,
        Math.abs(operatorCost.total()) + Math.abs(prosumers));
  }
}
