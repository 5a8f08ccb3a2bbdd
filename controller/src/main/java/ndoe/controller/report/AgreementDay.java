package ndoe.controller.report;

import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import ndoe.controller.journal.PaymentRow;
import ndoe.controller.journal.PriceRow;
import ndoe.controller.journal.RenewalRow;
import ndoe.controller.journal.RoundRow;
import ndoe.controller.journal.RunReader;
import ndoe.controller.journal.TariffRow;
import ndoe.controller.journal.TradeRow;

/** How the parties came to terms, and what they trade and pay. */
record AgreementDay(
    List<RoundRow> rounds,
    List<RenewalRow> renewals,
    List<TradeRow> trades,
    List<PriceRow> prices,
    List<PaymentRow> payments,
    List<TariffRow> tariff) {

  static AgreementDay read(RunReader reader) {
    return new AgreementDay(
        reader.rounds(),
        reader.renewals(),
        reader.trades(),
        reader.prices(),
        reader.payments(),
        reader.tariff());
  }

  /** Traded in one interval, kW. */
  double tradedKw(LocalDateTime start) {
    return trades.stream()
        .filter(row -> row.intervalStart().equals(start))
        .mapToDouble(TradeRow::powerKw)
        .sum();
  }

  /** A price of everybody in one interval; without those that have none. */
  DoubleStream at(LocalDateTime start, Function<PriceRow, OptionalDouble> price) {
    return known(prices.stream().filter(row -> row.intervalStart().equals(start)).toList(), price);
  }

  /** A price in these rows; without those that have none. */
  static DoubleStream known(List<PriceRow> rows, Function<PriceRow, OptionalDouble> price) {
    return rows.stream()
        .map(price)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble);
  }

  /** Whether energy has a local price. */
  boolean hasEnergyPrices() {
    return prices.stream().anyMatch(row -> row.energyPerKwh().isPresent());
  }

  /** Whether envelopes have a price. */
  boolean hasEnvelopePrices() {
    return prices.stream().anyMatch(row -> row.importLimit().price().isPresent());
  }

  /** Retailer’s prices of one interval, if the run kept them. */
  OptionalDouble retail(LocalDateTime start, Function<TariffRow, Double> price) {
    return tariff.stream()
        .filter(row -> row.intervalStart().equals(start))
        .mapToDouble(price::apply)
        .findFirst();
  }
}
