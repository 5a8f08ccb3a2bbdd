package ndoe.controller.study;

import java.util.List;
import java.util.function.UnaryOperator;
import ndoe.controller.negotiation.Case;
import ndoe.feeders.OperatorData;
import ndoe.feeders.Scenario;
import ndoe.feeders.TradeLink;

/** The cases that are put side by side (method, section 14), in the order they are run. */
public enum ComparedCase {
  NOP2P("nop2p", Case.NOP2P, "nobody trades, no network", UnaryOperator.identity()),
  P2P("p2p", Case.P2P, "prosumers trade, no network", UnaryOperator.identity()),
  STATIC(
      "static",
      Case.STATIC,
      "the smallest of the operator’s own envelopes over the day",
      UnaryOperator.identity()),
  DSO("dso", Case.DSO, "the operator decides alone", UnaryOperator.identity()),
  NDOE("ndoe", Case.NDOE, "operator and prosumers negotiate", UnaryOperator.identity()),
  CENTRAL(
      "central", Case.CENTRAL, "somebody who knows everything decides", UnaryOperator.identity()),
  NDOE_NO_ASSETS(
      "ndoe-no-assets",
      Case.NDOE,
      "negotiated without the operator’s own assets",
      ComparedCase::withoutAssets),
  NDOE_NO_CHARGES(
      "ndoe-no-charges",
      Case.NDOE,
      "negotiated with network charges off",
      ComparedCase::withoutCharges);

  private final String label;
  private final Case decidedBy;
  private final String description;
  private final UnaryOperator<Scenario> change;

  ComparedCase(String label, Case decidedBy, String description, UnaryOperator<Scenario> change) {
    this.label = label;
    this.decidedBy = decidedBy;
    this.description = description;
    this.change = change;
  }

  /** Who decides on the envelopes and who trades. */
  public Case decidedBy() {
    return decidedBy;
  }

  /** One line for readers. */
  public String description() {
    return description;
  }

  /** The scenario this case is run on; its description says what was changed, if anything was. */
  public Scenario of(Scenario scenario) {
    return change.apply(scenario);
  }

  private static Scenario withoutAssets(Scenario scenario) {
    OperatorData data = scenario.operator();
    OperatorData without =
        new OperatorData(
            data.lossPricePerKwh(),
            data.envelopeValueSlope(),
            data.envelopeValueCurvature(),
            data.fairness(),
            data.riskMode(),
            data.violationProbability(),
            data.loadForecastErrorFraction(),
            data.loadForecastCorrelation(),
            List.of(),
            List.of());
    return changed(scenario, "without the operator’s own assets", scenario.tradeLinks(), without);
  }

  private static Scenario withoutCharges(Scenario scenario) {
    List<TradeLink> free =
        scenario.tradeLinks().stream()
            .map(link -> new TradeLink(link.first(), link.second(), link.limitKw(), 0))
            .toList();
    return changed(scenario, "with network charges off", free, scenario.operator());
  }

  private static Scenario changed(
      Scenario scenario, String remark, List<TradeLink> links, OperatorData operator) {
    String description = scenario.description();
    return scenario
        .named(
            scenario.name(), description.isBlank() ? remark : description + "; changed: " + remark)
        .withTradeLinks(links)
        .withOperator(operator);
  }

  @Override
  public String toString() {
    return label;
  }
}
