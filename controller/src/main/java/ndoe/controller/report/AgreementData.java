package ndoe.controller.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import ndoe.controller.journal.PriceRow;
import ndoe.controller.journal.RoundRow;
import ndoe.controller.journal.TariffRow;

/** What the script draws of rounds, trades and prices. */
final class AgreementData {
  private static final int KW_DECIMALS = 4;
  private static final int MONEY_DECIMALS = 2;
  private static final int PRICE_DECIMALS = 5;

  private final Day day;
  private final AgreementDay agreement;
  private final List<LocalDateTime> starts;

  AgreementData(Day day, List<LocalDateTime> starts) {
    this.day = day;
    this.agreement = day.agreement();
    this.starts = starts;
  }

  void addTo(ObjectNode root) {
    root.put("currency", day.run().scenario().currency());
    if (!agreement.rounds().isEmpty()) {
      rounds(root.putObject("rounds"));
    }
    if (!agreement.trades().isEmpty()) {
      perInterval(
          root.putArray("trades"),
          KW_DECIMALS,
          start -> OptionalDouble.of(agreement.tradedKw(start)));
    }
    if (agreement.hasEnergyPrices()) {
      energyPrices(root.putObject("prices"));
    }
    if (agreement.hasEnvelopePrices()) {
      ObjectNode limits = root.putObject("limits");
      parts(limits.putObject("import"), LimitPart::ofImport);
      parts(limits.putObject("export"), LimitPart::ofExport);
    }
  }

  private void rounds(ObjectNode node) {
    ArrayNode numbers = node.putArray("number");
    agreement.rounds().forEach(row -> numbers.add(row.round()));
    perRound(node.putArray("envelope"), KW_DECIMALS, RoundRow::envelopeMismatchKw);
    perRound(node.putArray("balance"), KW_DECIMALS, RoundRow::balanceMismatchKw);
    perRound(node.putArray("objective"), MONEY_DECIMALS, RoundRow::objective);
    day.run().toleranceKw().ifPresent(kw -> node.put("tolerance", kw));
    RoundRow last = agreement.rounds().get(agreement.rounds().size() - 1);
    last.lowerBound().ifPresent(bound -> node.put("lower", bound));
    last.upperBound().ifPresent(bound -> node.put("upper", bound));
  }

  private void perRound(ArrayNode values, int decimals, ToDoubleFunction<RoundRow> value) {
    agreement
        .rounds()
        .forEach(
            row -> ChartData.add(values, OptionalDouble.of(value.applyAsDouble(row)), decimals));
  }

  private void energyPrices(ObjectNode node) {
    Function<PriceRow, OptionalDouble> energy = PriceRow::energyPerKwh;
    perPrice(node.putArray("lowest"), start -> agreement.at(start, energy).min());
    perPrice(node.putArray("mean"), start -> agreement.at(start, energy).average());
    perPrice(node.putArray("highest"), start -> agreement.at(start, energy).max());
    perPrice(node.putArray("buy"), start -> agreement.retail(start, TariffRow::retailBuyPerKwh));
    perPrice(node.putArray("sell"), start -> agreement.retail(start, TariffRow::retailSellPerKwh));
  }

  private void parts(
      ObjectNode node, Function<LimitPart, Function<PriceRow, OptionalDouble>> side) {
    for (LimitPart part : LimitPart.values()) {
      perPrice(
          node.putArray(part.name().toLowerCase(Locale.ROOT)),
          start -> agreement.at(start, side.apply(part)).average());
    }
  }

  private void perPrice(ArrayNode values, Function<LocalDateTime, OptionalDouble> price) {
    perInterval(values, PRICE_DECIMALS, price);
  }

  private void perInterval(
      ArrayNode values, int decimals, Function<LocalDateTime, OptionalDouble> value) {
    starts.forEach(start -> ChartData.add(values, value.apply(start), decimals));
  }
}
