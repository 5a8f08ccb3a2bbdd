package ndoe.controller.negotiation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.OperatorCost;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.dso.OperatorKnowledge;
import ndoe.controller.dso.OperatorProblem;
import ndoe.controller.network.LinDistFlow;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.prosumer.ProsumerKnowledge;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.controller.prosumer.ProsumerProblem;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.CornerStates;
import ndoe.cosim.validation.SecurityCase;
import ndoe.cosim.validation.Verdict;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.Dispatch;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;

/**
 * The simplest honest method: the operator decides alone, tightens until the AC network agrees
 * (method, 11), publishes, and every prosumer optimises inside its envelope.
 */
public final class OperatorAlone {
  /** Passes of the AC feedback (method, 11). */
  private static final int MOST_PASSES = 12;

  /** Change of a squared-voltage margin below which the feedback has settled (method, 11). */
  private static final double SETTLED = 1e-4;

  /**
   * Steps of the search for the largest secure uniform shrink, when the feedback does not close.
   */
  private static final int SHRINK_STEPS = 12;

  private final Scenario scenario;
  private final OperatorKnowledge operator;
  private final LinDistFlow network;
  private final ConvexSolver solver;
  private final AcValidator judge;
  private final int randomPoints;
  private final NegotiationListener listener;

  /**
   * Negotiation without negotiating.
   *
   * @param randomPoints points inside the envelopes the judge tries, per interval
   */
  public OperatorAlone(
      Scenario scenario,
      ConvexSolver solver,
      AcValidator judge,
      int randomPoints,
      NegotiationListener listener) {
    this.scenario = scenario;
    this.operator =
        new OperatorKnowledge(
            scenario.feeder(),
            scenario.passiveLoads(),
            scenario.connectionPoints(),
            scenario.horizon(),
            scenario.operator());
    this.network = new LinDistFlow(scenario.feeder());
    this.solver = solver;
    this.judge = judge;
    this.randomPoints = randomPoints;
    this.listener = listener;
  }

  /** Decides; the answer is certified unless no envelope at all is secure. */
  public Agreement agree(Case decidedBy) {
    Settled settled = settle();
    EnvelopePlan offered = EnvelopePlanFile.asWritten(settled.decision.envelopes());
    if (decidedBy == Case.STATIC) {
      offered = smallestOverTheDay(offered);
    }
    List<AssetSchedule> assets = settled.decision.assets();
    Agreement agreement = publish(decidedBy, offered, settled, 1);
    if (agreement.certified()) {
      return agreement;
    }
    double secure = largestSecureShrink(offered, assets);
    return secure > 0
        ? publish(decidedBy, EnvelopePlanFile.asWritten(shrunk(offered, secure)), settled, secure)
        : agreement;
  }

  private record Settled(OperatorDecision decision, int passes) {}

  private Settled settle() {
    AcFeedback feedback = new AcFeedback(operator, network);
    AcMargins margins = feedback.emptyMargins();
    AcMargins extra = feedback.emptyMargins();
    for (int pass = 1; ; pass++) {
      OperatorDecision decision = OperatorProblem.solve(operator, network, margins, solver);
      CornerStates corners =
          judge.corners(securityCase(decision.envelopes(), decision.assets(), List.of(), 0));
      AcMargins needed = feedback.needed(decision.envelopes(), decision.assets(), corners, extra);
      double change = needed.largestVoltageChange(margins);
      boolean settled = change <= SETTLED;
      listener.feedbackPass(pass, change, decision.objective());
      if ((settled && feedback.secure(corners)) || pass == MOST_PASSES) {
        return new Settled(decision, pass);
      }
      if (settled) {
        feedback.raise(extra, corners);
        needed = feedback.needed(decision.envelopes(), decision.assets(), corners, extra);
      }
      margins = needed;
    }
  }

  private Agreement publish(
      Case decidedBy, EnvelopePlan offered, Settled settled, double shrinkFactor) {
    Map<ProsumerId, ProsumerPlan> plans = new HashMap<>();
    List<PointPlan> points = new ArrayList<>();
    for (ProsumerSite site : scenario.prosumers()) {
      PointPlan offer = offered.of(site.id());
      ProsumerPlan plan = plan(site, offer.envelopes());
      plans.put(site.id(), plan);
      points.add(
          new PointPlan(
              offer.prosumer(), offer.bus(), offer.envelopes(), plan.plannedNetImportKw()));
      listener.prosumerPlanned(plan);
    }
    EnvelopePlan envelopes =
        EnvelopePlanFile.asWritten(new EnvelopePlan(scenario.horizon(), points));
    List<AssetSchedule> assets = settled.decision.assets();
    Verdict verdict =
        judge.validate(securityCase(envelopes, assets, dispatches(plans), randomPoints));
    return new Agreement(
        decidedBy,
        envelopes,
        assets,
        OperatorCost.of(operator, network, envelopes, assets),
        plans,
        verdict,
        settled.passes,
        shrinkFactor,
        settled.decision.largestSlack(),
        settled.decision.largestShortfallKw());
  }

  private ProsumerPlan plan(ProsumerSite site, List<OperatingEnvelope> envelopes) {
    ProsumerKnowledge prosumer =
        ProsumerKnowledge.of(site, scenario.horizon(), scenario.tariff(), scenario.uncertainty());
    Profile nothing = Profile.constant(0, scenario.horizon().intervals());
    return ProsumerProblem.solve(prosumer, envelopes, nothing, solver);
  }

  /** The plan, and one dispatch per sample in which everybody sees its sample of that number. */
  private static List<Dispatch> dispatches(Map<ProsumerId, ProsumerPlan> plans) {
    List<Dispatch> dispatches = new ArrayList<>();
    Map<ProsumerId, Profile> planned = new HashMap<>();
    plans.forEach((id, plan) -> planned.put(id, plan.plannedNetImportKw()));
    dispatches.add(new Dispatch("plan", planned));
    int most = plans.values().stream().mapToInt(p -> p.dispatches().size()).max().orElse(0);
    for (int k = 0; k < most; k++) {
      Map<ProsumerId, Profile> netImport = new HashMap<>();
      for (var entry : plans.entrySet()) {
        List<ProsumerPlan.SampleDispatch> own = entry.getValue().dispatches();
        netImport.put(entry.getKey(), own.get(k % own.size()).netImportKw());
      }
      dispatches.add(new Dispatch("sample-" + (k + 1), netImport));
    }
    return dispatches;
  }

  private SecurityCase securityCase(
      EnvelopePlan envelopes, List<AssetSchedule> assets, List<Dispatch> dispatches, int random) {
    return new SecurityCase(
        scenario.feeder(),
        scenario.passiveLoads(),
        scenario.connectionPoints(),
        assets,
        envelopes,
        dispatches,
        random,
        scenario.seed());
  }

  private double largestSecureShrink(EnvelopePlan offered, List<AssetSchedule> assets) {
    double secure = 0;
    double insecure = 1;
    for (int step = 0; step < SHRINK_STEPS; step++) {
      double tried = (secure + insecure) / 2;
      EnvelopePlan envelopes = shrunk(offered, tried);
      boolean certified =
          judge.validate(securityCase(envelopes, assets, List.of(), randomPoints))
              instanceof Verdict.Certificate;
      listener.shrinkTried(tried, certified);
      if (certified) {
        secure = tried;
      } else {
        insecure = tried;
      }
    }
    return secure;
  }

  private static EnvelopePlan shrunk(EnvelopePlan plan, double factor) {
    return changed(
        plan,
        (point, t) -> {
          OperatingEnvelope envelope = point.envelopes().get(t);
          return new OperatingEnvelope(
              factor * envelope.importLimitKw(), factor * envelope.exportLimitKw());
        });
  }

  private static EnvelopePlan smallestOverTheDay(EnvelopePlan plan) {
    return changed(
        plan,
        (point, t) ->
            new OperatingEnvelope(
                point.envelopes().stream()
                    .mapToDouble(OperatingEnvelope::importLimitKw)
                    .min()
                    .orElse(0),
                point.envelopes().stream()
                    .mapToDouble(OperatingEnvelope::exportLimitKw)
                    .min()
                    .orElse(0)));
  }

  private interface EnvelopeChange {
    OperatingEnvelope at(PointPlan point, int interval);
  }

  /** Envelopes changed, plans cut back into them. */
  private static EnvelopePlan changed(EnvelopePlan plan, EnvelopeChange change) {
    int intervals = plan.horizon().intervals();
    List<PointPlan> points = new ArrayList<>();
    for (PointPlan point : plan.points()) {
      List<OperatingEnvelope> envelopes = new ArrayList<>();
      for (int t = 0; t < intervals; t++) {
        envelopes.add(change.at(point, t));
      }
      Profile planned =
          Profile.generate(
              intervals,
              t ->
                  Math.max(
                      -envelopes.get(t).exportLimitKw(),
                      Math.min(
                          envelopes.get(t).importLimitKw(), point.plannedNetImportKw().at(t))));
      points.add(new PointPlan(point.prosumer(), point.bus(), envelopes, planned));
    }
    return new EnvelopePlan(plan.horizon(), points);
  }
}
