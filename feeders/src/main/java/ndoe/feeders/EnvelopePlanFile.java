package ndoe.feeders;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ndoe.feeders.EnvelopePlan.PointPlan;

/**
 * Reads and writes {@code envelopes.csv}: kW with three decimals, one row per point and interval.
 */
public final class EnvelopePlanFile {
  private static final List<String> HEADER =
      List.of(
          "interval_start",
          "prosumer",
          "bus",
          "import_limit_kw",
          "export_limit_kw",
          "planned_net_import_kw");

  private final Path path;
  private final Scenario scenario;
  private final Problems problems = new Problems();
  private final Map<String, Rows> rowsByProsumer = new LinkedHashMap<>();

  private EnvelopePlanFile(Path path, Scenario scenario) {
    this.path = path;
    this.scenario = scenario;
    for (ConnectionPoint point : scenario.connectionPoints()) {
      rowsByProsumer.put(point.prosumer().value(), new Rows(point, scenario.horizon().intervals()));
    }
  }

  /**
   * Reads a plan for exactly the prosumers and intervals of a scenario, rows in any order.
   *
   * @throws InvalidInputException with everything that is wrong with the file
   */
  public static EnvelopePlan read(Path path, Scenario scenario) {
    return new EnvelopePlanFile(path, scenario).read();
  }

  /** Writes a plan as {@link #asWritten}. */
  public static void write(Path path, EnvelopePlan plan) {
    EnvelopePlan written = asWritten(plan);
    Horizon horizon = written.horizon();
    Stream<List<String>> rows =
        IntStream.range(0, horizon.intervals())
            .boxed()
            .flatMap(t -> written.points().stream().map(point -> row(horizon, point, t)));
    CsvTable.write(path, HEADER, rows);
  }

  /**
   * The plan as a file holds it: limits cut down to whole watts, so that none is ever written too
   * high, and the planned draw rounded to whole watts inside them.
   */
  public static EnvelopePlan asWritten(EnvelopePlan plan) {
    return new EnvelopePlan(
        plan.horizon(), plan.points().stream().map(EnvelopePlanFile::asWritten).toList());
  }

  private static PointPlan asWritten(PointPlan point) {
    List<OperatingEnvelope> envelopes =
        point.envelopes().stream()
            .map(
                envelope ->
                    new OperatingEnvelope(
                        CsvTable.floored(envelope.importLimitKw()),
                        CsvTable.floored(envelope.exportLimitKw())))
            .toList();
    Profile planned =
        Profile.generate(
            envelopes.size(),
            t ->
                Math.max(
                    -envelopes.get(t).exportLimitKw(),
                    Math.min(
                        envelopes.get(t).importLimitKw(),
                        CsvTable.rounded(point.plannedNetImportKw().at(t)))));
    return new PointPlan(point.prosumer(), point.bus(), envelopes, planned);
  }

  private static List<String> row(Horizon horizon, PointPlan point, int t) {
    OperatingEnvelope envelope = point.envelopes().get(t);
    return List.of(
        horizon.startOf(t).toString(),
        point.prosumer().value(),
        point.bus().value(),
        CsvTable.text(envelope.importLimitKw()),
        CsvTable.text(envelope.exportLimitKw()),
        CsvTable.text(point.plannedNetImportKw().at(t)));
  }

  private EnvelopePlan read() {
    new CsvTable(path, HEADER, scenario.horizon(), problems).read(this::readRow);
    if (problems.count() == 0) {
      rowsByProsumer.values().forEach(this::checkComplete);
    }
    problems.throwIfAny();
    List<PointPlan> points = rowsByProsumer.values().stream().map(Rows::plan).toList();
    return new EnvelopePlan(scenario.horizon(), points);
  }

  private void readRow(CsvTable.Row row) {
    OptionalInt interval = row.interval();
    Rows rows = rowsByProsumer.get(row.text("prosumer"));
    if (rows == null) {
      row.problem(
          "prosumer",
          "%s is no prosumer of the scenario; %s"
              .formatted(
                  row.text("prosumer"),
                  NearNames.advice(row.text("prosumer"), rowsByProsumer.keySet())));
    } else if (!row.text("bus").equals(rows.point.bus().value())) {
      row.problem(
          "bus",
          "found %s; %s is at bus %s"
              .formatted(row.text("bus"), row.text("prosumer"), rows.point.bus()));
    }
    OptionalDouble importKw = row.number("import_limit_kw", Range.atLeast(0));
    OptionalDouble exportKw = row.number("export_limit_kw", Range.atLeast(0));
    OptionalDouble plannedKw = row.number("planned_net_import_kw", Range.finite());
    if (importKw.isEmpty() || exportKw.isEmpty() || plannedKw.isEmpty()) {
      return;
    }
    checkInside(row, importKw.getAsDouble(), exportKw.getAsDouble(), plannedKw.getAsDouble());
    if (rows == null || interval.isEmpty()) {
      return;
    }
    int t = interval.getAsInt();
    if (rows.lines[t] > 0) {
      row.problem(
          "interval_start",
          "%s has this interval twice; first in line %d"
              .formatted(row.text("prosumer"), rows.lines[t]));
      return;
    }
    rows.lines[t] = row.line();
    rows.envelopes[t] = new OperatingEnvelope(importKw.getAsDouble(), exportKw.getAsDouble());
    rows.plannedKw[t] = plannedKw.getAsDouble();
  }

  private static void checkInside(
      CsvTable.Row row, double importKw, double exportKw, double plannedKw) {
    if (plannedKw > importKw || plannedKw < -exportKw) {
      row.problem(
          "planned_net_import_kw",
          "found %s; allowed is the envelope, %s to %s".formatted(plannedKw, -exportKw, importKw));
    }
  }

  private void checkComplete(Rows rows) {
    List<String> missing = new ArrayList<>();
    for (int t = 0; t < rows.lines.length; t++) {
      if (rows.lines[t] == 0) {
        missing.add(scenario.horizon().startOf(t).toString());
      }
    }
    if (!missing.isEmpty()) {
      problems.add(
          path,
          0,
          "prosumer",
          "%s has no row for %d of %d intervals, first %s"
              .formatted(rows.point.prosumer(), missing.size(), rows.lines.length, missing.get(0)));
    }
  }

  /** What the file says about one connection point; line 0 where it says nothing. */
  private static final class Rows {
    private final ConnectionPoint point;
    private final int[] lines;
    private final OperatingEnvelope[] envelopes;
    private final double[] plannedKw;

    Rows(ConnectionPoint point, int intervals) {
      this.point = point;
      this.lines = new int[intervals];
      this.envelopes = new OperatingEnvelope[intervals];
      this.plannedKw = new double[intervals];
    }

    PointPlan plan() {
      return new PointPlan(
          point.prosumer(), point.bus(), Arrays.asList(envelopes), Profile.of(plannedKw));
    }
  }
}
