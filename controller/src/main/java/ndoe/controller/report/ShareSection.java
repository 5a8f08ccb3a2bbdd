package ndoe.controller.report;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import ndoe.controller.journal.AgreementFacts;
import ndoe.controller.journal.PriceRow;
import ndoe.controller.journal.TradeRow;
import ndoe.feeders.ProsumerId;

/** Who got what: room, prices, energy from and to others, savings. */
final class ShareSection {
  private final Day day;
  private final EnvelopeShares shares;
  private final String currency;

  ShareSection(Day day) {
    this.day = day;
    shares = EnvelopeShares.of(day.run(), day.points());
    currency = day.run().scenario().currency();
  }

  String html() {
    if (day.points().isEmpty()) {
      return "<p class=absent>This run has no envelopes.</p>\n";
    }
    return "<p class=summary>" + Html.text(summary()) + "</p>\n" + table().html();
  }

  private String summary() {
    String room =
        "The envelopes leave everybody together room for %s kWh: Σ (import limit + export limit) · Δ."
            .formatted(Figures.three(shares.totalKwh()));
    return shares.fairness().isEmpty()
        ? room
        : room
            + " Jain’s index of the shares of what the connections could carry is %s: 1 when all are equal, %s when one has all (Jain, Chiu and Hawe, DEC-TR-301, 1984)."
                .formatted(
                    Figures.three(shares.fairness()), Figures.three(1.0 / day.points().size()));
  }

  private Table table() {
    Map<String, Double> savings = day.run().agreed().map(AgreementFacts::savings).orElse(Map.of());
    Table table =
        new Table("Who got what")
            .words("prosumer")
            .numbers("envelope, kWh")
            .numbers("of its connection")
            .numbers("mean energy price, " + currency + "/kWh")
            .numbers("bought from others, kWh")
            .numbers("sold to others, kWh")
            .numbers("saves against the static envelope, " + currency);
    for (Map.Entry<ProsumerId, Double> entry : shares.areaKwh().entrySet()) {
      ProsumerId prosumer = entry.getKey();
      Double fraction = shares.fraction().get(prosumer);
      Double saving = savings.get(prosumer.value());
      table.row(
          prosumer.value(),
          Figures.three(entry.getValue()),
          fraction == null ? Figures.NONE : Figures.percent(fraction),
          Figures.three(price(prosumer)),
          traded(
              day.agreement().trades().stream().filter(t -> t.buyer().equals(prosumer)).toList()),
          traded(
              day.agreement().trades().stream().filter(t -> t.seller().equals(prosumer)).toList()),
          saving == null ? Figures.NONE : Figures.money(saving));
    }
    return table;
  }

  private OptionalDouble price(ProsumerId prosumer) {
    List<PriceRow> own =
        day.agreement().prices().stream().filter(row -> row.prosumer().equals(prosumer)).toList();
    return AgreementDay.known(own, PriceRow::energyPerKwh).average();
  }

  private String traded(List<TradeRow> rows) {
    return day.agreement().trades().isEmpty()
        ? Figures.NONE
        : Figures.three(
            day.run().scenario().horizon().intervalHours()
                * rows.stream().mapToDouble(TradeRow::powerKw).sum());
  }
}
