package ndoe.controller.report;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import ndoe.controller.journal.AgreementFacts;
import ndoe.controller.journal.Judgement;
import ndoe.controller.journal.RunRecord;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.journal.SetpointRow.Result;
import ndoe.controller.journal.ViolationRow;

/** The parts of the page that are tables. */
final class TableSections {
  private static final int LONGEST_LIST = 200;

  private final Day day;
  private final RunRecord run;
  private final DateTimeFormatter clock;

  TableSections(Day day) {
    this.day = day;
    run = day.run();
    clock = ChartSections.clockFor(day);
  }

  String setpoints() {
    if (day.setpoints().isEmpty()) {
      return "<p class=absent>No device was given a setpoint in this run.</p>\n";
    }
    Table table =
        new Table("Setpoints per device")
            .words("device")
            .words("prosumer")
            .words("role")
            .numbers("asked")
            .numbers("applied")
            .numbers("rejected")
            .numbers("unconfirmed")
            .numbers("largest |applied − asked|, kW");
    for (DeviceDay device : day.devices()) {
      table.row(
          device.device().value(),
          device.prosumer().value(),
          device.role(),
          Figures.count(device.setpoints().size()),
          Figures.count(device.count(Result.APPLIED)),
          Figures.count(device.count(Result.REJECTED)),
          Figures.count(device.count(Result.UNCONFIRMED)),
          Figures.three(device.largestDeviationKw()));
    }
    return "<p class=summary>%s of %s setpoints were applied and read back.</p>\n"
            .formatted(Figures.count(day.setpointsApplied()), Figures.count(day.setpoints().size()))
        + notApplied()
        + table.folded("Setpoints per device");
  }

  private String notApplied() {
    List<SetpointRow> rows =
        day.setpoints().stream().filter(row -> row.result() != Result.APPLIED).toList();
    if (rows.isEmpty()) {
      return "";
    }
    Table table =
        new Table("Setpoints not applied as asked")
            .words("interval")
            .words("device")
            .words("result")
            .numbers("asked, kW")
            .words("reason");
    rows.stream()
        .limit(LONGEST_LIST)
        .forEach(
            row ->
                table.row(
                    clock.format(row.intervalStart()),
                    row.device().value(),
                    row.result().name().toLowerCase(Locale.ROOT),
                    Figures.three(row.askedKw()),
                    row.reason()));
    return table.html() + more(rows.size(), "setpoints.csv");
  }

  String violations() {
    if (day.violations().isEmpty()) {
      return run.judgement().isEmpty() && day.voltages().isEmpty()
          ? "<p class=absent>Nothing was judged in this run.</p>\n"
          : "<p class=summary>None.</p>\n";
    }
    Table table =
        new Table("Broken limits")
            .words("interval")
            .words("operating point")
            .words("kind")
            .words("element")
            .numbers("value")
            .numbers("limit")
            .words("unit");
    for (ViolationRow row : day.violations().stream().limit(LONGEST_LIST).toList()) {
      table.row(
          clock.format(row.intervalStart()),
          row.point(),
          Words.spaced(row.kind()),
          row.element(),
          inUnit(row.value(), row.unit()),
          inUnit(row.limit(), row.unit()),
          row.unit());
    }
    return table.html() + more(day.violations().size(), "violations.csv");
  }

  private static String inUnit(double value, String unit) {
    return unit.equals("pu") ? Figures.perUnit(value) : Figures.three(value);
  }

  private static String more(int rows, String file) {
    return rows <= LONGEST_LIST
        ? ""
        : "<p>The first %d of %s; all are in %s.</p>\n"
            .formatted(LONGEST_LIST, Figures.count(rows), file);
  }

  String certificate() {
    if (run.judgement().isEmpty()) {
      return "<p class=absent>The envelopes were not judged.</p>\n";
    }
    Judgement judgement = run.judgement().get();
    Table table = new Table("The judge’s answer").words("quantity").words("value");
    table.row("verdict", judgement.certified() ? "certified" : "not certified");
    table.row("power flows solved", Figures.count(judgement.pointsTried()));
    table.row("limits broken", Figures.count(judgement.violations()));
    if (judgement.certified()) {
      table.row("lowest voltage", Figures.perUnit(judgement.lowestVoltagePu()) + " pu");
      table.row("highest voltage", Figures.perUnit(judgement.highestVoltagePu()) + " pu");
      judgement
          .highestLoadingFraction()
          .ifPresent(value -> table.row("highest line loading", Figures.percent(value)));
      judgement
          .randomPoints()
          .ifPresent(value -> table.row("random points per interval", Figures.count(value)));
      judgement.seed().ifPresent(value -> table.row("seed", Long.toString(value)));
      table.row("engine", judgement.engine());
    }
    return table.html();
  }

  String energy() {
    if (day.points().isEmpty()) {
      return "<p class=absent>This run has no envelopes, so no energy is planned.</p>\n";
    }
    Table table =
        new Table("Energy per prosumer")
            .words("prosumer")
            .numbers("planned import, kWh")
            .numbers("planned export, kWh")
            .numbers("measured import, kWh")
            .numbers("measured export, kWh");
    double[] totals = new double[4];
    for (PointDay point : day.points()) {
      boolean measured = point.measuredSteps() > 0;
      double[] energies = {
        importKwh(point.plannedKw()),
        exportKwh(point.plannedKw()),
        importKwh(point.measuredKw()),
        exportKwh(point.measuredKw())
      };
      for (int column = 0; column < energies.length; column++) {
        totals[column] += energies[column];
      }
      energyRow(table, point.prosumer().value(), measured, energies);
    }
    energyRow(table, "all", day.measuredSteps() > 0, totals);
    return table.html();
  }

  private static void energyRow(Table table, String name, boolean measured, double[] energies) {
    table.row(
        name,
        Figures.three(energies[0]),
        Figures.three(energies[1]),
        measured ? Figures.three(energies[2]) : Figures.NONE,
        measured ? Figures.three(energies[3]) : Figures.NONE);
  }

  private double importKwh(DoubleStream netImportKw) {
    return netImportKw.map(power -> Math.max(0, power)).sum() * intervalHours();
  }

  private double exportKwh(DoubleStream netImportKw) {
    return netImportKw.map(power -> Math.max(0, -power)).sum() * intervalHours();
  }

  private double intervalHours() {
    return run.scenario().horizon().intervalHours();
  }

  String cost() {
    if (run.agreed().isEmpty()) {
      return "<p class=absent>No costs were recorded.</p>\n";
    }
    AgreementFacts agreed = run.agreed().get();
    String currency = run.scenario().currency();
    Table table = new Table("Cost").words("part").numbers(currency);
    agreed.parts().forEach((part, value) -> table.row(Words.spaced(part), Figures.three(value)));
    table.row("operator", Figures.money(agreed.operatorCost()));
    table.row("all prosumers", Figures.money(agreed.prosumerCost()));
    table.row("total", Figures.money(agreed.totalCost()));
    return "<p class=summary>Costs are positive, in "
        + Html.text(currency)
        + ".</p>\n"
        + table.html()
        + savings(agreed, currency);
  }

  private static String savings(AgreementFacts agreed, String currency) {
    if (agreed.savings().isEmpty()) {
      return "";
    }
    Table table = new Table("Savings").words("saves against the static envelope").numbers(currency);
    agreed.savings().forEach((name, value) -> table.row(name, Figures.money(value)));
    double sum = agreed.savings().values().stream().mapToDouble(Double::doubleValue).sum();
    table.row("all", Figures.money(sum));
    return table.html();
  }

  private static void effort(Table table, AgreementFacts agreed) {
    table.row("rounds", Figures.count(agreed.rounds()));
    table.row("trading cycles", Figures.count(agreed.cycles()));
    table.row("every tolerance reached", agreed.agreed() ? "yes" : "no: the last offers count");
    table.row("comparisons with the AC network", Figures.count(agreed.feedbackPasses()));
    agreed
        .gapFraction()
        .ifPresent(gap -> table.row("certified gap to the optimum", Figures.percent(gap)));
    if (agreed.messages() > 0) {
      table.row("messages between the parties", Figures.count(agreed.messages()));
      table.row("numbers in them, bytes", Figures.count(agreed.payloadBytes()));
    }
  }

  String made() {
    Table table = new Table("How this run was made").words("what").words("value");
    table.row("scenario file", run.scenario().file());
    table.row("its SHA-256", run.scenario().sha256());
    table.row("seed", Long.toString(run.seed()));
    run.agreed().ifPresent(agreed -> effort(table, agreed));
    table.row("started (UTC)", Words.time(run.startedAt()));
    run.endedAt().ifPresent(at -> table.row("ended (UTC)", Words.time(at)));
    run.exitCode().ifPresent(code -> table.row("exit code", Integer.toString(code)));
    table.row("ndoe", run.versions().ndoe());
    table.row("power flow engine", run.versions().engine());
    table.row("Java", run.versions().java());
    table.row("operating system", run.versions().os());
    for (Map.Entry<String, Double> timing : run.timingsSeconds().entrySet()) {
      table.row(
          "time for " + Words.spaced(timing.getKey()),
          Figures.three(OptionalDouble.of(timing.getValue())) + " s");
    }
    return table.html();
  }
}
