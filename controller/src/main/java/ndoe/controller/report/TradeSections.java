package ndoe.controller.report;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import ndoe.controller.journal.PriceRow;
import ndoe.controller.journal.TariffRow;
import ndoe.controller.journal.TradeRow;
import ndoe.feeders.ProsumerId;

/** What prosumers trade, at which prices, and who pays whom; nothing where nothing was recorded. */
final class TradeSections {
  private final Day day;
  private final AgreementDay agreement;
  private final String currency;
  private final DateTimeFormatter clock;
  private final List<LocalDateTime> starts;

  TradeSections(Day day) {
    this.day = day;
    agreement = day.agreement();
    currency = day.run().scenario().currency();
    clock = ChartSections.clockFor(day);
    starts = ChartData.starts(day.run().scenario().horizon());
  }

  String html() {
    StringBuilder html = new StringBuilder();
    if (!agreement.trades().isEmpty()) {
      html.append(Page.section("Trades", trades()));
    }
    if (agreement.hasEnergyPrices()) {
      html.append(Page.section("Local energy prices", energyPrices()));
    }
    if (agreement.hasEnvelopePrices()) {
      html.append(Page.section("Envelope prices", envelopePrices()));
    }
    if (!agreement.payments().isEmpty()) {
      html.append(Page.section("Settlement", new SettlementTables(agreement, currency).html()));
    }
    return html.toString();
  }

  private double hours() {
    return day.run().scenario().horizon().intervalHours();
  }

  private double energyKwh(List<TradeRow> rows) {
    return hours() * rows.stream().mapToDouble(TradeRow::powerKw).sum();
  }

  private String trades() {
    record Pair(ProsumerId seller, ProsumerId buyer) {}
    Map<Pair, List<TradeRow>> pairs =
        agreement.trades().stream()
            .collect(
                Collectors.groupingBy(
                    row -> new Pair(row.seller(), row.buyer()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Table table =
        new Table("Energy by pair")
            .words("seller")
            .words("buyer")
            .numbers("energy, kWh")
            .numbers("buyer pays, " + currency + "/kWh")
            .numbers("seller receives, " + currency + "/kWh")
            .numbers("network charges, " + currency);
    pairs.entrySet().stream()
        .sorted((a, b) -> Double.compare(energyKwh(b.getValue()), energyKwh(a.getValue())))
        .forEach(entry -> row(table, entry.getKey().seller(), entry.getKey().buyer(), entry));
    String summary =
        "Prosumers sell each other %s kWh, in %d pairs, at most %s kW at a time."
            .formatted(
                Figures.three(energyKwh(agreement.trades())),
                pairs.size(),
                Figures.three(starts.stream().mapToDouble(agreement::tradedKw).max().orElse(0)));
    return Page.chart("trades", summary)
        + table.folded("Energy by pair")
        + perInterval().folded("The numbers of this chart");
  }

  private void row(
      Table table, ProsumerId seller, ProsumerId buyer, Map.Entry<?, List<TradeRow>> entry) {
    List<TradeRow> rows = entry.getValue();
    double energy = energyKwh(rows);
    table.row(
        seller.value(),
        buyer.value(),
        Figures.three(energy),
        Figures.three(paid(rows, TradeRow::buyerPaysPerKwh) / energy),
        Figures.three(paid(rows, TradeRow::sellerReceivesPerKwh) / energy),
        Figures.money(paid(rows, TradeRow::networkChargePerKwh)));
  }

  private double paid(List<TradeRow> rows, Function<TradeRow, Double> price) {
    return hours() * rows.stream().mapToDouble(row -> row.powerKw() * price.apply(row)).sum();
  }

  private Table perInterval() {
    Table table = new Table("Trades per interval").words("from").numbers("traded, kW");
    starts.forEach(
        start -> table.row(clock.format(start), Figures.three(agreement.tradedKw(start))));
    return table;
  }

  private String energyPrices() {
    Table table =
        new Table("Local energy price per interval, " + currency + "/kWh")
            .words("from")
            .numbers("retailer pays")
            .numbers("lowest")
            .numbers("mean")
            .numbers("highest")
            .numbers("retailer asks");
    for (LocalDateTime start : starts) {
      table.row(
          clock.format(start),
          Figures.three(agreement.retail(start, TariffRow::retailSellPerKwh)),
          Figures.three(agreement.at(start, PriceRow::energyPerKwh).min()),
          Figures.three(agreement.at(start, PriceRow::energyPerKwh).average()),
          Figures.three(agreement.at(start, PriceRow::energyPerKwh).max()),
          Figures.three(agreement.retail(start, TariffRow::retailBuyPerKwh)));
    }
    double mean =
        AgreementDay.known(agreement.prices(), PriceRow::energyPerKwh).average().orElse(Double.NaN);
    return Page.chart(
            "energy-prices",
            "One more kWh is worth %s %s to a prosumer on average; the band is the range over all."
                .formatted(Figures.three(mean), currency))
        + table.folded("The numbers of this chart");
  }

  private String envelopePrices() {
    return "<p class=summary>What one more kWh of a limit is worth to a prosumer, mean over all,"
        + " and what it is made of: voltage and line limits of the network, less the value the"
        + " operator sees in free room, less what the connection can carry at all.</p>\n"
        + "<div class=grid>\n<div class=cell><h3>Import limit</h3>\n"
        + Page.chart("import-prices", highest("import", LimitPart.PRICE.ofImport()))
        + limits(LimitPart::ofImport).folded("The numbers of this chart")
        + "</div>\n<div class=cell><h3>Export limit</h3>\n"
        + Page.chart("export-prices", highest("export", LimitPart.PRICE.ofExport()))
        + limits(LimitPart::ofExport).folded("The numbers of this chart")
        + "</div>\n</div>\n"
        + perProsumer().folded("Mean prices per prosumer");
  }

  private String highest(String side, Function<PriceRow, OptionalDouble> price) {
    return agreement.prices().stream()
        .filter(row -> price.apply(row).isPresent())
        .max((a, b) -> Double.compare(price.apply(a).getAsDouble(), price.apply(b).getAsDouble()))
        .map(
            row ->
                "The dearest %s limit is that of %s at %s: %s %s/kWh."
                    .formatted(
                        side,
                        row.prosumer(),
                        clock.format(row.intervalStart()),
                        Figures.three(price.apply(row)),
                        currency))
        .orElse("");
  }

  private Table limits(Function<LimitPart, Function<PriceRow, OptionalDouble>> side) {
    Table table =
        new Table("Envelope price per interval, mean over prosumers, " + currency + "/kWh")
            .words("from");
    for (LimitPart part : LimitPart.values()) {
      table.numbers(part.label());
    }
    for (LocalDateTime start : starts) {
      List<String> cells = new ArrayList<>(List.of(clock.format(start)));
      for (LimitPart part : LimitPart.values()) {
        cells.add(Figures.three(agreement.at(start, side.apply(part)).average()));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private Table perProsumer() {
    Table table =
        new Table("Mean prices per prosumer, " + currency + "/kWh")
            .words("prosumer")
            .numbers("energy")
            .numbers("import limit")
            .numbers("export limit");
    Map<ProsumerId, List<PriceRow>> byProsumer =
        agreement.prices().stream()
            .collect(Collectors.groupingBy(PriceRow::prosumer, TreeMap::new, Collectors.toList()));
    byProsumer.forEach(
        (prosumer, rows) ->
            table.row(
                prosumer.value(),
                mean(rows, PriceRow::energyPerKwh),
                mean(rows, LimitPart.PRICE.ofImport()),
                mean(rows, LimitPart.PRICE.ofExport())));
    return table;
  }

  private static String mean(List<PriceRow> rows, Function<PriceRow, OptionalDouble> price) {
    return Figures.three(AgreementDay.known(rows, price).average());
  }
}
