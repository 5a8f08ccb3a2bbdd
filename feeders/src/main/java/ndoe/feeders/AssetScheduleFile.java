package ndoe.feeders;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads and writes {@code dso-assets.csv}: kW and kvar with three decimals, injection positive, one
 * row per asset and interval.
 */
public final class AssetScheduleFile {
  /** Share of a rating that solver and rounding may exceed it by. */
  private static final double RATING_TOLERANCE_FRACTION = 1e-3;

  private static final List<String> HEADER =
      List.of("interval_start", "asset", "bus", "active_power_kw", "reactive_power_kvar");

  private final Path path;
  private final Scenario scenario;
  private final Problems problems = new Problems();
  private final Map<String, Rows> rowsByAsset = new LinkedHashMap<>();

  private AssetScheduleFile(Path path, Scenario scenario) {
    this.path = path;
    this.scenario = scenario;
    int intervals = scenario.horizon().intervals();
    for (OperatorData.StaticVarCompensator svc : scenario.operator().staticVarCompensators()) {
      rowsByAsset.put(svc.id(), new Rows(svc.id(), svc.bus(), 0, svc.ratingKvar(), intervals));
    }
    for (OperatorData.Battery battery : scenario.operator().batteries()) {
      double powerKw = battery.rating().powerKw();
      rowsByAsset.put(battery.id(), new Rows(battery.id(), battery.bus(), powerKw, 0, intervals));
    }
  }

  /**
   * Reads the schedules of exactly the assets and intervals of a scenario, rows in any order: first
   * the static var compensators, then the batteries, as in the scenario.
   *
   * @throws InvalidInputException with everything that is wrong with the file
   */
  public static List<AssetSchedule> read(Path path, Scenario scenario) {
    return new AssetScheduleFile(path, scenario).read();
  }

  /** Schedules as a file holds them: every value at the nearest whole watt or var. */
  public static List<AssetSchedule> asWritten(List<AssetSchedule> schedules) {
    return schedules.stream()
        .map(
            schedule ->
                new AssetSchedule(
                    schedule.asset(),
                    schedule.bus(),
                    schedule.activePowerKw().map(CsvTable::rounded),
                    schedule.reactivePowerKvar().map(CsvTable::rounded)))
        .toList();
  }

  /** Writes schedules as {@link #asWritten}. */
  public static void write(Path path, Horizon horizon, List<AssetSchedule> schedules) {
    Stream<List<String>> rows =
        IntStream.range(0, horizon.intervals())
            .boxed()
            .flatMap(t -> schedules.stream().map(schedule -> row(horizon, schedule, t)));
    CsvTable.write(path, HEADER, rows);
  }

  private static List<String> row(Horizon horizon, AssetSchedule schedule, int t) {
    return List.of(
        horizon.startOf(t).toString(),
        schedule.asset(),
        schedule.bus().value(),
        CsvTable.text(schedule.activePowerKw().at(t)),
        CsvTable.text(schedule.reactivePowerKvar().at(t)));
  }

  private List<AssetSchedule> read() {
    new CsvTable(path, HEADER, scenario.horizon(), problems).read(this::readRow);
    if (problems.count() == 0) {
      rowsByAsset.values().forEach(this::checkComplete);
    }
    problems.throwIfAny();
    return rowsByAsset.values().stream().map(Rows::schedule).toList();
  }

  private void readRow(CsvTable.Row row) {
    OptionalInt interval = row.interval();
    Rows rows = rowsByAsset.get(row.text("asset"));
    if (rows == null) {
      row.problem(
          "asset",
          "%s is no asset of the scenario; %s"
              .formatted(
                  row.text("asset"), NearNames.advice(row.text("asset"), rowsByAsset.keySet())));
      return;
    }
    if (!row.text("bus").equals(rows.bus.value())) {
      row.problem(
          "bus", "found %s; %s is at bus %s".formatted(row.text("bus"), rows.asset, rows.bus));
    }
    OptionalDouble activeKw = row.number("active_power_kw", within(rows.powerKw));
    OptionalDouble reactiveKvar = row.number("reactive_power_kvar", within(rows.ratingKvar));
    if (interval.isEmpty() || activeKw.isEmpty() || reactiveKvar.isEmpty()) {
      return;
    }
    int t = interval.getAsInt();
    if (rows.lines[t] > 0) {
      row.problem(
          "interval_start",
          "%s has this interval twice; first in line %d".formatted(rows.asset, rows.lines[t]));
      return;
    }
    rows.lines[t] = row.line();
    rows.activePowerKw[t] = activeKw.getAsDouble();
    rows.reactivePowerKvar[t] = reactiveKvar.getAsDouble();
  }

  private static Range within(double rating) {
    double most = rating * (1 + RATING_TOLERANCE_FRACTION);
    return Range.between(-most, most);
  }

  private void checkComplete(Rows rows) {
    List<Integer> missing =
        IntStream.range(0, rows.lines.length).filter(t -> rows.lines[t] == 0).boxed().toList();
    if (!missing.isEmpty()) {
      problems.add(
          path,
          0,
          "asset",
          "%s has no row for %d of %d intervals, first %s"
              .formatted(
                  rows.asset,
                  missing.size(),
                  rows.lines.length,
                  scenario.horizon().startOf(missing.get(0))));
    }
  }

  /** What the file says about one asset; line 0 where it says nothing. */
  private static final class Rows {
    private final String asset;
    private final BusId bus;
    private final double powerKw;
    private final double ratingKvar;
    private final int[] lines;
    private final double[] activePowerKw;
    private final double[] reactivePowerKvar;

    Rows(String asset, BusId bus, double powerKw, double ratingKvar, int intervals) {
      this.asset = asset;
      this.bus = bus;
      this.powerKw = powerKw;
      this.ratingKvar = ratingKvar;
      this.lines = new int[intervals];
      this.activePowerKw = new double[intervals];
      this.reactivePowerKvar = new double[intervals];
    }

    AssetSchedule schedule() {
      return new AssetSchedule(
          asset, bus, Profile.of(activePowerKw), Profile.of(reactivePowerKvar));
    }
  }
}
