package ndoe.controller.study;

import java.util.Locale;
import ndoe.controller.report.Figures;
import ndoe.controller.report.Table;

/** The numbers of a comparison as tables of the page. */
final class ComparisonTables {
  private final Comparison comparison;
  private final String currency;

  ComparisonTables(Comparison comparison) {
    this.comparison = comparison;
    currency = comparison.scenario().tariff().currency();
  }

  Table cases() {
    Table table =
        new Table("Cases")
            .words("case")
            .words("what it is")
            .words("verdict")
            .numbers("total cost, " + currency)
            .numbers("envelopes, MWh")
            .numbers("Jain index")
            .numbers("rounds")
            .numbers("certified gap")
            .numbers("time, s");
    for (ComparisonRow row : comparison.rows()) {
      table.row(
          row.compared().toString(),
          row.compared().description(),
          verdict(row),
          Figures.money(row.totalCost()),
          Figures.three(row.envelopeAreaMwh()),
          Figures.three(row.fairness()),
          Figures.count(row.rounds()),
          row.gapFraction().isPresent()
              ? Figures.percent(row.gapFraction().getAsDouble())
              : Figures.NONE,
          Figures.three(row.took().toMillis() / 1000.0));
    }
    return table;
  }

  private static String verdict(ComparisonRow row) {
    String verdict =
        row.certified()
            ? "✓ certified"
            : "✕ breaks " + Figures.count(row.brokenLimits()) + " limits";
    return row.agreed() ? verdict : verdict + ", not agreed in time";
  }

  Table costs() {
    Table table =
        new Table("Costs, " + currency)
            .words("case")
            .numbers("losses")
            .numbers("battery wear")
            .numbers("compensation")
            .numbers("network")
            .numbers("prosumers")
            .numbers("of it network charges")
            .numbers("total")
            .numbers("value of envelopes");
    for (ComparisonRow row : comparison.rows()) {
      table.row(
          row.compared().toString(),
          Figures.money(row.operatorCost().losses()),
          Figures.money(row.operatorCost().batteryWear()),
          Figures.money(row.operatorCost().compensation()),
          Figures.money(row.operatorCost().network()),
          Figures.money(row.prosumerCost()),
          Figures.money(row.networkCharges()),
          Figures.money(row.totalCost()),
          Figures.money(row.operatorCost().envelopeValue()));
    }
    return table;
  }

  Table energies() {
    Table table =
        new Table("Energies, kWh")
            .words("case")
            .numbers("P2P energy")
            .numbers("curtailed")
            .numbers("losses");
    for (ComparisonRow row : comparison.rows()) {
      table.row(
          row.compared().toString(),
          Figures.three(row.peerEnergyKwh()),
          Figures.three(row.curtailedKwh()),
          Figures.three(row.operatorCost().lossesKwh()));
    }
    return table;
  }

  Table brokenLimits() {
    Table table =
        new Table("Limits broken")
            .words("case")
            .numbers("dispatches")
            .words("worst")
            .numbers("corners")
            .words("worst")
            .numbers("random points")
            .words("worst");
    for (ComparisonRow row : comparison.rows()) {
      table.row(
          row.compared().toString(),
          Figures.count(row.dispatches().count()),
          worst(row.dispatches()),
          Figures.count(row.corners().count()),
          worst(row.corners()),
          Figures.count(row.randomPoints().count()),
          worst(row.randomPoints()));
    }
    return table;
  }

  private static String worst(BrokenLimits broken) {
    return broken
        .worst()
        .map(
            worst ->
                "%s %s %s at %s"
                    .formatted(
                        worst.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        worst.kind().unit().equals("pu")
                            ? Figures.perUnit(worst.value())
                            : Figures.three(worst.value()),
                        worst.kind().unit(),
                        worst.element()))
        .orElse(Figures.NONE);
  }

  Table prosumers() {
    Table table =
        new Table("Prosumers")
            .words("case")
            .words("prosumer")
            .numbers("cost, " + currency)
            .numbers("saving, " + currency)
            .numbers("mean energy price, " + currency + "/kWh")
            .numbers("bought, kWh")
            .numbers("sold, kWh")
            .numbers("envelope, MWh");
    for (ComparisonRow row : comparison.rows()) {
      for (ProsumerResult result : row.prosumers()) {
        table.row(
            row.compared().toString(),
            result.prosumer().value(),
            Figures.money(result.cost()),
            Figures.three(comparison.saving(result)),
            Figures.three(result.energyPricePerKwh()),
            Figures.three(result.boughtKwh()),
            Figures.three(result.soldKwh()),
            Figures.three(result.envelopeAreaMwh()));
      }
    }
    return table;
  }
}
