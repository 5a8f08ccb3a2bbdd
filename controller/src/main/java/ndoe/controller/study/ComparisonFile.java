package ndoe.controller.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ndoe.controller.journal.CsvLog;
import ndoe.cosim.validation.Violation;
import ndoe.feeders.Scenario;

/**
 * {@code compare.csv} with a line per case and {@code compare-prosumers.csv} with a line per case
 * and prosumer; both grow by whole lines.
 */
final class ComparisonFile implements AutoCloseable {
  private final CsvLog cases;
  private final CsvLog prosumers;

  private ComparisonFile(CsvLog cases, CsvLog prosumers) {
    this.cases = cases;
    this.prosumers = prosumers;
  }

  /** Starts both files; money columns are named after the scenario’s currency. */
  static ComparisonFile create(Path folder, Scenario scenario) {
    String currency = scenario.tariff().currency().toLowerCase(Locale.ROOT);
    return new ComparisonFile(
        new CsvLog(
            folder.resolve("compare.csv"),
            ("case,certified,agreed,network_cost_C,losses_cost_C,battery_wear_C,compensation_C,"
                    + "envelope_value_C,prosumer_cost_C,network_charges_C,total_cost_C,"
                    + "peer_energy_kwh,curtailed_kwh,losses_kwh,"
                    + violationColumns("dispatch")
                    + violationColumns("corner")
                    + violationColumns("random")
                    + "envelope_area_mwh,jain_index,rounds,certified_gap_percent,time_s")
                .replace("_C,", "_" + currency + ",")),
        new CsvLog(
            folder.resolve("compare-prosumers.csv"),
            ("case,prosumer,cost_C,saving_C,energy_price_mean_C_per_kwh,bought_kwh,sold_kwh,"
                    + "traded_kwh,envelope_area_mwh,envelope_area_fraction")
                .replace("_C", "_" + currency)));
  }

  private static String violationColumns(String point) {
    return "%1$s_violations,%1$s_worst_value,%1$s_worst_unit,%1$s_worst_kind,%1$s_worst_element,"
        .formatted(point);
  }

  /** Adds a case that is done. */
  void add(ComparisonRow row, Comparison soFar) {
    cases.append(List.of(fields(row)));
    prosumers.append(
        row.prosumers().stream()
            .map(
                result ->
                    List.of(
                        row.compared().toString(),
                        result.prosumer().value(),
                        CsvLog.number(result.cost()),
                        CsvLog.number(soFar.saving(result)),
                        CsvLog.number(result.energyPricePerKwh()),
                        CsvLog.number(result.boughtKwh()),
                        CsvLog.number(result.soldKwh()),
                        CsvLog.number(result.boughtKwh() + result.soldKwh()),
                        CsvLog.number(result.envelopeAreaMwh()),
                        CsvLog.number(result.envelopeAreaFraction())))
            .toList());
  }

  private static List<String> fields(ComparisonRow row) {
    List<String> fields = new ArrayList<>();
    fields.add(row.compared().toString());
    fields.add(String.valueOf(row.certified()));
    fields.add(String.valueOf(row.agreed()));
    for (double value :
        new double[] {
          row.operatorCost().network(),
          row.operatorCost().losses(),
          row.operatorCost().batteryWear(),
          row.operatorCost().compensation(),
          row.operatorCost().envelopeValue(),
          row.prosumerCost(),
          row.networkCharges(),
          row.totalCost(),
          row.peerEnergyKwh(),
          row.curtailedKwh(),
          row.operatorCost().lossesKwh()
        }) {
      fields.add(CsvLog.number(value));
    }
    fields.addAll(fields(row.dispatches()));
    fields.addAll(fields(row.corners()));
    fields.addAll(fields(row.randomPoints()));
    fields.add(CsvLog.number(row.envelopeAreaMwh()));
    fields.add(CsvLog.number(row.fairness()));
    fields.add(Integer.toString(row.rounds()));
    fields.add(
        row.gapFraction().isPresent() ? CsvLog.number(100 * row.gapFraction().getAsDouble()) : "");
    fields.add(CsvLog.number(row.took().toMillis() / 1000.0));
    return fields;
  }

  private static List<String> fields(BrokenLimits broken) {
    return List.of(
        Integer.toString(broken.count()),
        broken.worst().map(worst -> CsvLog.number(worst.value())).orElse(""),
        broken.worst().map(worst -> worst.kind().unit()).orElse(""),
        broken.worst().map(worst -> kind(worst)).orElse(""),
        broken.worst().map(Violation::element).orElse(""));
  }

  private static String kind(Violation violation) {
    return violation.kind().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    cases.close();
    prosumers.close();
  }
}
