package ndoe.controller.loop;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import ndoe.controller.dso.EnvelopePrice;
import ndoe.controller.dso.EnvelopePrices;
import ndoe.controller.journal.AgreementFacts;
import ndoe.controller.journal.KillPoint;
import ndoe.controller.journal.PaymentRow;
import ndoe.controller.journal.PriceRow;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.SampleTrajectory;
import ndoe.controller.journal.TradeRow;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Bounds;
import ndoe.feeders.Horizon;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/** Puts an agreement into the run folder. */
final class AgreementRecord {
  private final Scenario scenario;
  private final RunFolder folder;
  private final Horizon horizon;

  AgreementRecord(Scenario scenario, RunFolder folder) {
    this.scenario = scenario;
    this.folder = folder;
    this.horizon = scenario.horizon();
  }

  void write(Agreement agreement) {
    folder.envelopes(agreement.envelopes());
    folder.assets(agreement.assets());
    agreement
        .plans()
        .forEach(
            (id, plan) ->
                folder
                    .prosumer(id)
                    .scenarios(
                        plan.samples().stream()
                            .map(s -> new SampleTrajectory(s.probability(), s.generationKw()))
                            .toList()));
    folder.trades(trades(agreement));
    folder.prices(prices(agreement));
    folder.payments(payments(agreement));
    folder.agreed(facts(agreement));
    KillPoint.AGREEMENT_WRITTEN.pass();
  }

  private List<TradeRow> trades(Agreement agreement) {
    return agreement.trades().stream()
        .map(
            trade ->
                new TradeRow(
                    horizon.startOf(trade.interval()),
                    trade.seller(),
                    trade.buyer(),
                    trade.powerKw(),
                    trade.buyerPaysPerKwh(),
                    trade.sellerReceivesPerKwh(),
                    trade.networkChargePerKwh()))
        .toList();
  }

  private List<PriceRow> prices(Agreement agreement) {
    Map<ProsumerId, EnvelopePrices> ofEnvelopes = new LinkedHashMap<>();
    agreement.envelopePrices().forEach(prices -> ofEnvelopes.put(prices.prosumer(), prices));
    List<PriceRow> rows = new ArrayList<>();
    if (agreement.energyPricePerKwh().isEmpty() && ofEnvelopes.isEmpty()) {
      return rows;
    }
    for (int t = 0; t < horizon.intervals(); t++) {
      for (var site : scenario.prosumers()) {
        Profile energy = agreement.energyPricePerKwh().get(site.id());
        EnvelopePrices prices = ofEnvelopes.get(site.id());
        rows.add(
            new PriceRow(
                horizon.startOf(t),
                site.id(),
                energy == null ? OptionalDouble.empty() : OptionalDouble.of(energy.at(t)),
                prices == null
                    ? PriceRow.Limit.NONE
                    : limit(prices.importPerKwh().at(t), prices.importParts().get(t)),
                prices == null
                    ? PriceRow.Limit.NONE
                    : limit(prices.exportPerKwh().at(t), prices.exportParts().get(t))));
      }
    }
    return rows;
  }

  private static PriceRow.Limit limit(double price, EnvelopePrice parts) {
    return new PriceRow.Limit(
        OptionalDouble.of(price),
        OptionalDouble.of(parts.voltage()),
        OptionalDouble.of(parts.thermal()),
        OptionalDouble.of(parts.freedom()),
        OptionalDouble.of(parts.connection()));
  }

  private static List<PaymentRow> payments(Agreement agreement) {
    return agreement.payments().stream()
        .map(
            payment ->
                new PaymentRow(
                    payment.from(),
                    payment.to(),
                    payment.purpose().name().toLowerCase(Locale.ROOT),
                    BigDecimal.valueOf(payment.hundredths(), 2)))
        .toList();
  }

  private static AgreementFacts facts(Agreement agreement) {
    return new AgreementFacts(
        agreement.operatorCost().total(),
        agreement.prosumerCost(),
        parts(agreement),
        savings(agreement),
        agreement.effort().agreed(),
        agreement.effort().rounds(),
        agreement.effort().cycles(),
        agreement.effort().feedbackPasses(),
        agreement.shrinkFactor(),
        agreement
            .bounds()
            .map(Bounds::lower)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty()),
        agreement
            .bounds()
            .map(Bounds::gapFraction)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty()),
        agreement.effort().messages(),
        agreement.effort().payloadBytes());
  }

  private static Map<String, Double> savings(Agreement agreement) {
    Map<String, Double> savings = new LinkedHashMap<>();
    agreement.fallbackCost().keySet().stream()
        .sorted()
        .forEach(id -> savings.put(id.value(), agreement.saving(id)));
    return savings;
  }

  private static Map<String, Double> parts(Agreement agreement) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("network losses", agreement.operatorCost().losses());
    parts.put("operator battery wear", agreement.operatorCost().batteryWear());
    parts.put("reactive compensation", agreement.operatorCost().compensation());
    parts.put("value of envelopes", -agreement.operatorCost().envelopeValue());
    agreement.plans().values().stream()
        .sorted((a, b) -> a.prosumer().compareTo(b.prosumer()))
        .forEach(plan -> parts.put("prosumer " + plan.prosumer(), plan.cost()));
    if (!agreement.trades().isEmpty()) {
      parts.put("network charges on trades", agreement.networkCharges());
    }
    return parts;
  }
}
