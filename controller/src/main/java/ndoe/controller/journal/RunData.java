package ndoe.controller.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ndoe.controller.journal.DataTable.Column;
import ndoe.controller.journal.DataTable.Kind;
import ndoe.feeders.Horizon;
import ndoe.feeders.Line;

/**
 * Everything a run has committed, taken from {@code run.sqlite} without changing it, also while the
 * run goes on; feeder and tariff, which are inputs, come from the folder’s CSV files.
 */
public final class RunData {
  /** What belongs to one party alone, or only serves to resume the run. */
  private static final List<RecordTable<?>> PRIVATE =
      List.of(RunTables.SAMPLES, RunTables.RENEWAL_STARTS, RunTables.SITES, RunTables.PLANTS);

  /** What does not simply have the names of its records. */
  private static final List<RecordTable<?>> NAMED_HERE =
      List.of(
          RunTables.ENVELOPES,
          RunTables.ASSETS,
          RunTables.PLANNED_TRADES,
          RunTables.PLANNED_PRICES,
          RunTables.COMMANDS);

  private final String runJson;
  private final Horizon horizon;
  private final List<EnvelopeRow> envelopes;
  private final List<AssetRow> assets;
  private final List<DataTable> tables = new ArrayList<>();

  private RunData(Path runFolder, CommittedRun run, boolean isPrivateToo) {
    runJson = runJson(runFolder, run);
    horizon = RunJsonReader.horizon(runJson);
    envelopes = run.latest(RunTables.ENVELOPES);
    assets = run.latest(RunTables.ASSETS);
    tables.addAll(inputs(RunReader.of(runFolder)));
    tables.addAll(agreement(run));
    tables.add(
        RunTables.COMMANDS.data(
            "commands", RunFile.COMMANDS.header(), run.rows(RunTables.COMMANDS)));
    for (RecordTable<?> table : RunTables.ALL) {
      if (!NAMED_HERE.contains(table) && (isPrivateToo || !PRIVATE.contains(table))) {
        tables.add(data(run, table));
      }
    }
  }

  /** Text of {@code run.json}. */
  public String runJson() {
    return runJson;
  }

  /** Also those without rows. */
  public List<DataTable> tables() {
    return List.copyOf(tables);
  }

  /** The tables that may be shown to others. */
  public static RunData of(Path runFolder) {
    return read(runFolder, false);
  }

  /** All tables, the private ones among them. */
  public static RunData withPrivate(Path runFolder) {
    return read(runFolder, true);
  }

  private static RunData read(Path runFolder, boolean isPrivateToo) {
    try (CommittedRun run = CommittedRun.of(runFolder)) {
      return new RunData(runFolder, run, isPrivateToo);
    }
  }

  /** The file knows more than the database when the database could not be written at the end. */
  private static String runJson(Path runFolder, CommittedRun run) {
    Path file = runFolder.resolve(RunFile.RUN.fileName());
    Optional<String> committed = run.fact(Resumption.RUN_JSON);
    boolean ended =
        committed.map(text -> RunJson.of(text).status() != RunStatus.RUNNING).orElse(false);
    if (!ended && Files.isRegularFile(file)) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw RunFolderException.reading(file, e);
      }
    }
    return committed.orElseThrow(
        () ->
            new RunFolderException(
                CommittedRun.database(runFolder) + " holds no run: it was cut off too early"));
  }

  private static <T extends Record> DataTable data(CommittedRun run, RecordTable<T> table) {
    return table.data(run.rows(table));
  }

  /** What is in force, and what is agreed for intervals to come. */
  private List<DataTable> agreement(CommittedRun run) {
    return List.of(
        RunTables.ENVELOPES.data(envelopes),
        assetTable(),
        RunTables.PLANNED_TRADES.data(
            "planned_trades", RunFile.TRADES.header(), run.latest(RunTables.PLANNED_TRADES)),
        RunTables.PLANNED_PRICES.data(
            "planned_prices", RunFile.PRICES.header(), run.latest(RunTables.PLANNED_PRICES)));
  }

  private DataTable assetTable() {
    List<Column> columns =
        List.of(
            new Column("interval_start", Kind.LOCAL_TIME),
            new Column("asset", Kind.TEXT),
            new Column("bus", Kind.TEXT),
            new Column("active_power_kw", Kind.NUMBER),
            new Column("reactive_power_kvar", Kind.NUMBER));
    return new DataTable(
        "dso-assets",
        columns,
        assets.stream()
            .map(
                row ->
                    List.<Object>of(
                        horizon.startOf(row.interval()),
                        row.asset(),
                        row.bus().value(),
                        row.activePowerKw(),
                        row.reactivePowerKvar()))
            .toList());
  }

  private static List<DataTable> inputs(RunReader folder) {
    Stream<List<Object>> lines = folder.feeder().stream().map(RunData::line);
    Stream<List<Object>> prices =
        folder.tariff().stream()
            .map(
                row -> List.of(row.intervalStart(), row.retailBuyPerKwh(), row.retailSellPerKwh()));
    return List.of(
        new DataTable("feeder", columns(RunFile.FEEDER, Kind.TEXT, 3), lines.toList()),
        new DataTable("tariff", columns(RunFile.TARIFF, Kind.LOCAL_TIME, 1), prices.toList()));
  }

  private static List<Object> line(Line line) {
    return List.of(
        line.id().value(),
        line.from().value(),
        line.to().value(),
        line.resistanceOhm(),
        line.reactanceOhm(),
        line.ratingKva());
  }

  /** The first columns are of one kind, the others are numbers. */
  private static List<Column> columns(RunFile file, Kind first, int count) {
    List<String> names = Arrays.asList(file.header().split(","));
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(new Column(names.get(i), i < count ? first : Kind.NUMBER));
    }
    return columns;
  }

  /** Writes {@code run.json} and a CSV file per table into a folder, as a run does. */
  public void writeCsv(Path folder) {
    AtomicFile.write(folder.resolve(RunFile.RUN.fileName()), runJson);
    for (DataTable table : tables) {
      table.writeCsv(folder.resolve(table.name() + ".csv"));
    }
    if (!envelopes.isEmpty()) {
      Resumption.exportEnvelopes(folder, horizon, envelopes);
    }
    if (!assets.isEmpty()) {
      Resumption.exportAssets(folder, horizon, assets);
    }
  }
}
