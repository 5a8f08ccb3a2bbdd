package ndoe.controller.negotiation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import ndoe.controller.dso.EnvelopePrices;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.controller.settlement.Payment;
import ndoe.controller.settlement.Payment.Purpose;
import ndoe.controller.settlement.Settlement;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.Repair;
import ndoe.cosim.validation.Scrutiny;
import ndoe.cosim.validation.SecurityCase;
import ndoe.cosim.validation.Verdict;
import ndoe.feeders.Dispatch;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * From a deal to an agreement: everybody plans inside the envelopes with its trades firm (method,
 * section 8), the operator schedules its assets, and the judge looks at all of it. What is not
 * secure is shrunk until it is.
 */
final class Publication {
  private final Participants participants;
  private final ConvexSolver solver;
  private final AcValidator judge;
  private final Settings settings;
  private final Prosumers prosumers;
  private final NegotiationListener listener;

  Publication(
      Participants participants,
      ConvexSolver solver,
      AcValidator judge,
      Settings settings,
      Prosumers prosumers,
      NegotiationListener listener) {
    this.participants = participants;
    this.solver = solver;
    this.judge = judge;
    this.settings = settings;
    this.prosumers = prosumers;
    this.listener = listener;
  }

  /**
   * Publishes a deal; the answer is certified unless no envelope at all is secure or the case does
   * not look at the network.
   *
   * @param lowerBound on the objective, in the scenario’s currency
   */
  Agreement publish(Case decidedBy, Deal deal, OptionalDouble lowerBound) {
    Agreement agreement = planned(decidedBy, deal, deal.offered(), 1, lowerBound);
    if (agreement.certified() || !decidedBy.respectsNetwork()) {
      return agreement;
    }
    SecurityCase offered =
        participants.securityCase(
            deal.offered(), agreement.assets(), List.of(), settings.randomPoints());
    return Repair.of(judge, offered, Scrutiny.standard(), listener::shrinkTried)
        .map(
            shrunk ->
                planned(
                    decidedBy,
                    deal,
                    shrunk.securityCase().envelopes(),
                    shrunk.factor(),
                    OptionalDouble.empty()))
        .orElse(agreement);
  }

  private Agreement planned(
      Case decidedBy,
      Deal deal,
      EnvelopePlan offered,
      double shrinkFactor,
      OptionalDouble lowerBound) {
    Map<ProsumerId, ProsumerPlan> plans = prosumers.plan(offered, deal.purchaseKw());
    Recovery recovery =
        Recovery.of(
            participants,
            withDefaults(offered),
            plans,
            deal.margins(),
            decidedBy.respectsNetwork(),
            solver);
    plans.values().forEach(listener::prosumerPlanned);
    Verdict verdict =
        judge.validate(
            participants.securityCase(
                recovery.envelopes(),
                recovery.assets(),
                dispatches(plans),
                settings.randomPoints()));
    Optional<Bounds> bounds =
        lowerBound.isPresent() && prosumers.dropped().isEmpty()
            ? Optional.of(recovery.bounds(lowerBound.getAsDouble(), deal.networkCharges()))
            : Optional.empty();
    bounds.ifPresent(listener::bounded);
    return new Agreement(
        decidedBy,
        recovery.envelopes(),
        recovery.assets(),
        recovery.operatorCost(),
        plans,
        deal.trades(),
        deal.networkCharges(),
        deal.energyPricePerKwh(),
        deal.envelopePrices(),
        deal.fallbackCost(),
        payments(deal, plans),
        bounds,
        verdict,
        deal.effort(),
        shrinkFactor,
        deal.passiveLoadSlack(),
        deal.shortfallKw());
  }

  /** Nobody who was dropped hears of its envelope, so each of them has the default one. */
  private EnvelopePlan withDefaults(EnvelopePlan offered) {
    return prosumers.dropped().isEmpty()
        ? offered
        : Envelopes.leavingAtDefault(
            offered, prosumers.dropped(), participants.scenario().connectionPoints());
  }

  private List<Payment> payments(Deal deal, Map<ProsumerId, ProsumerPlan> plans) {
    Settlement settlement = new Settlement(participants.scenario().horizon());
    for (ProsumerId id : plans.keySet()) {
      settlement.retail(
          id,
          plans.get(id).plannedNetImportKw(),
          plans.get(id).purchaseKw(),
          participants.scenario().tariff());
    }
    settlement.trades(deal.trades());
    if (settings.envelopeRent() && !deal.envelopePrices().isEmpty()) {
      settlement.rents(rents(deal), capacitiesKw());
    }
    if (settings.bargaining() && !deal.fallbackCost().isEmpty()) {
      Map<ProsumerId, Double> savings = new LinkedHashMap<>();
      Map<ProsumerId, Double> powers = new HashMap<>();
      for (ProsumerId id : participants.ids()) {
        double received = settlement.received(id.value(), Purpose.PEER_ENERGY) / 100.0;
        double charged = settlement.received(id.value(), Purpose.NETWORK_CHARGE) / 100.0;
        double paid = plans.get(id).cost() - received - charged;
        savings.put(id, deal.fallbackCost().get(id) - paid);
        powers.put(id, 1.0);
      }
      settlement.bargaining(savings, powers);
    }
    return settlement.payments();
  }

  private Map<ProsumerId, Double> rents(Deal deal) {
    Map<ProsumerId, Double> rents = new LinkedHashMap<>();
    double hours = participants.scenario().horizon().intervalHours();
    for (EnvelopePrices prices : deal.envelopePrices()) {
      List<OperatingEnvelope> envelopes = deal.offered().of(prices.prosumer()).envelopes();
      double rent = 0;
      for (int t = 0; t < envelopes.size(); t++) {
        rent +=
            hours
                * (prices.importPerKwh().at(t) * envelopes.get(t).importLimitKw()
                    + prices.exportPerKwh().at(t) * envelopes.get(t).exportLimitKw());
      }
      rents.put(prices.prosumer(), rent);
    }
    return rents;
  }

  private Map<ProsumerId, Double> capacitiesKw() {
    Map<ProsumerId, Double> capacities = new HashMap<>();
    participants
        .scenario()
        .connectionPoints()
        .forEach(
            point ->
                capacities.put(
                    point.prosumer(), point.importCapacityKw() + point.exportCapacityKw()));
    return capacities;
  }

  /** The plan, and one dispatch per sample in which everybody sees its sample of that number. */
  private List<Dispatch> dispatches(Map<ProsumerId, ProsumerPlan> plans) {
    List<Dispatch> dispatches = new ArrayList<>();
    Map<ProsumerId, Profile> planned = new HashMap<>();
    // Of a prosumer that was dropped nothing is known; corners and random points cover it.
    Profile nothing = Profile.constant(0, participants.scenario().horizon().intervals());
    prosumers.dropped().forEach(id -> planned.put(id, nothing));
    plans.forEach((id, plan) -> planned.put(id, plan.plannedNetImportKw()));
    dispatches.add(new Dispatch("plan", planned));
    int most = plans.values().stream().mapToInt(p -> p.dispatches().size()).max().orElse(0);
    for (int k = 0; k < most; k++) {
      Map<ProsumerId, Profile> netImport = new HashMap<>(planned);
      for (var entry : plans.entrySet()) {
        List<ProsumerPlan.SampleDispatch> own = entry.getValue().dispatches();
        netImport.put(entry.getKey(), own.get(k % own.size()).netImportKw());
      }
      dispatches.add(new Dispatch("sample-" + (k + 1), netImport));
    }
    return dispatches;
  }
}
