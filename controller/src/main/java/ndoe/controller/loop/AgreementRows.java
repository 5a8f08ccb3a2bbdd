package ndoe.controller.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import ndoe.controller.dso.EnvelopePrice;
import ndoe.controller.dso.EnvelopePrices;
import ndoe.controller.journal.PriceRow;
import ndoe.controller.journal.TradeRow;
import ndoe.controller.negotiation.Agreement;
import ndoe.feeders.Horizon;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/** Trades and prices of an agreement as rows of the record. */
final class AgreementRows {
  private final Scenario run;
  private final Agreement agreement;
  private final Horizon horizon;

  AgreementRows(Scenario run, Agreement agreement) {
    this.run = run;
    this.agreement = agreement;
    this.horizon = agreement.envelopes().horizon();
  }

  List<TradeRow> trades() {
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

  List<PriceRow> prices() {
    Map<ProsumerId, EnvelopePrices> ofEnvelopes = new LinkedHashMap<>();
    agreement.envelopePrices().forEach(prices -> ofEnvelopes.put(prices.prosumer(), prices));
    List<PriceRow> rows = new ArrayList<>();
    if (agreement.energyPricePerKwh().isEmpty() && ofEnvelopes.isEmpty()) {
      return rows;
    }
    for (int t = 0; t < horizon.intervals(); t++) {
      for (var site : run.prosumers()) {
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
}
