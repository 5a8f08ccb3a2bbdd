package ndoe.controller.negotiation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.Operator;
import ndoe.controller.dso.OperatorCost;
import ndoe.controller.dso.OperatorProblem;
import ndoe.controller.message.Message;
import ndoe.controller.message.Post;
import ndoe.controller.message.Terms;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.prosumer.Prosumer;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.controller.prosumer.ProsumerProblem;
import ndoe.controller.trading.Market;
import ndoe.controller.trading.Trade;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/** A negotiation on the linear network, without AC feedback, and all it left behind. */
final class Negotiated {
  private static final ConvexSolver SOLVER = new InteriorPointSolver();

  final Scenario scenario;
  final Participants participants;
  final AcMargins margins;
  final List<Message> messages = new ArrayList<>();
  final List<Round> rounds = new ArrayList<>();
  final Operator operator;
  final List<Prosumer> prosumers;
  final List<Trade> trades;
  final Map<ProsumerId, Profile> purchaseKw;
  final Map<ProsumerId, Profile> energyPrices;
  final EnvelopePlan offered;
  final boolean agreed;
  final double lowerBound;
  final double networkCharges;

  Negotiated(Scenario scenario, Terms terms) {
    this(scenario, terms, false);
  }

  Negotiated(Scenario scenario, Terms terms, boolean amongNeighbours) {
    this.scenario = scenario;
    participants = Participants.of(scenario);
    margins = new AcMargins(scenario.horizon().intervals(), participants.network());
    operator = new Operator(participants.operator(), margins, terms, SOLVER);
    prosumers =
        participants.prosumers().stream()
            .map(p -> Prosumer.negotiating(p, participants.linksOf(p.id()), terms, SOLVER))
            .toList();
    Market market =
        amongNeighbours
            ? Market.amongNeighbours(
                participants.ids(),
                scenario.tradeLinks(),
                scenario.horizon(),
                scenario.tariff(),
                terms)
            : Market.platform(
                participants.ids(),
                scenario.tradeLinks(),
                scenario.horizon(),
                scenario.tariff(),
                terms);
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      Rounds negotiation =
          new Rounds(
              operator,
              prosumers,
              market,
              terms,
              new Post(messages::add),
              workers,
              new NegotiationListener() {
                @Override
                public void round(Round round) {
                  rounds.add(round);
                }
              });
      agreed = negotiation.agree(1);
      offered = operator.decision().envelopes();
      purchaseKw = negotiation.trading().close();
      trades = market.trades();
      networkCharges = market.networkCharges();
      energyPrices = negotiation.trading().prices();
      lowerBound = negotiation.lowerBound().orElseThrow();
    } finally {
      workers.shutdownNow();
    }
  }

  /** What the agreement costs all together once everybody planned for it, in the currency. */
  double upperBound() {
    Map<ProsumerId, Profile> planned = new HashMap<>();
    double cost = networkCharges;
    for (ProsumerId id : participants.ids()) {
      ProsumerPlan plan =
          ProsumerProblem.solve(
              participants.prosumer(id), offered.of(id).envelopes(), purchaseKw.get(id), SOLVER);
      planned.put(id, plan.plannedNetImportKw());
      cost += plan.cost();
    }
    EnvelopePlan envelopes = Envelopes.withPlans(offered, planned);
    var decision = OperatorProblem.schedule(participants.operator(), margins, envelopes, SOLVER);
    return cost
        + OperatorCost.of(
                participants.operator(), participants.network(), envelopes, decision.assets())
            .total();
  }

  /** The optimum of the same problem in one program, in the currency. */
  double central() {
    return new CentralOptimum(participants, margins, SOLVER).solve().objective();
  }
}
