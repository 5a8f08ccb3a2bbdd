package ndoe.controller.negotiation;

import java.util.List;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.OperatorKnowledge;
import ndoe.controller.network.EngineLinearisation;
import ndoe.controller.network.LinDistFlow;
import ndoe.controller.network.Linearisation;
import ndoe.controller.network.ScenarioCase;
import ndoe.controller.prosumer.ProsumerKnowledge;
import ndoe.controller.trading.Market;
import ndoe.cosim.validation.SecurityCase;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Dispatch;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import ndoe.feeders.TradeLink;

/** Who negotiates about a scenario, each with what only it knows. */
record Participants(
    Scenario scenario,
    OperatorKnowledge operator,
    Linearisation network,
    List<ProsumerKnowledge> prosumers) {

  static Participants of(Scenario scenario) {
    return of(
        scenario,
        scenario.prosumers().stream()
            .map(
                site ->
                    ProsumerKnowledge.of(
                        site, scenario.horizon(), scenario.tariff(), scenario.uncertainty()))
            .toList());
  }

  /** The operator, and prosumers of whom nothing is known here but where they are connected. */
  static Participants operatorOf(Scenario scenario) {
    return of(scenario, List.of());
  }

  private static Participants of(Scenario scenario, List<ProsumerKnowledge> prosumers) {
    return new Participants(
        scenario,
        new OperatorKnowledge(
            scenario.feeder(),
            scenario.passiveLoads(),
            scenario.connectionPoints(),
            scenario.horizon(),
            scenario.operator()),
        linearisation(scenario),
        prosumers);
  }

  private static Linearisation linearisation(Scenario scenario) {
    return scenario.feeder().isBalanced()
        ? new LinDistFlow(scenario.feeder())
        : EngineLinearisation.without(
            scenario, Envelopes.none(scenario.horizon(), scenario.connectionPoints()));
  }

  /** The same parties with their storages elsewhere when the horizon begins. */
  Participants startingFrom(StoredEnergy energy) {
    return new Participants(
        scenario,
        operator.startingFrom(energy.operatorBatteriesKwh()),
        network,
        prosumers.stream().map(p -> p.startingFrom(energy.devices().get(p.id()))).toList());
  }

  List<ProsumerId> ids() {
    return scenario.connectionPoints().stream().map(ConnectionPoint::prosumer).toList();
  }

  ProsumerKnowledge prosumer(ProsumerId id) {
    return prosumers.stream().filter(p -> p.id().equals(id)).findAny().orElseThrow();
  }

  List<TradeLink> linksOf(ProsumerId prosumer) {
    return scenario.tradeLinks().stream()
        .filter(link -> link.first().equals(prosumer) || link.second().equals(prosumer))
        .toList();
  }

  /** Nothing kept clear for the AC network. */
  AcMargins noMargins() {
    return new AcMargins(scenario.horizon().intervals(), network);
  }

  Market market(Settings settings) {
    return settings.amongNeighbours()
        ? Market.amongNeighbours(
            ids(), scenario.tradeLinks(), scenario.horizon(), scenario.tariff(), settings.terms())
        : Market.platform(
            ids(), scenario.tradeLinks(), scenario.horizon(), scenario.tariff(), settings.terms());
  }

  /** What the judge looks at. */
  SecurityCase securityCase(
      EnvelopePlan envelopes, List<AssetSchedule> assets, List<Dispatch> dispatches, int random) {
    return ScenarioCase.of(scenario, envelopes, assets, dispatches, random);
  }
}
