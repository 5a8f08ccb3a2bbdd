package ndoe.controller.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import ndoe.controller.journal.RunDatabase.Row;

/**
 * The rows of a run: in the database first, where they are safe, then in the CSV file that exports
 * them. Belongs to one {@link RunFolder}, which lets one thread in at a time.
 */
final class RunJournal implements AutoCloseable {
  /** Comes before the steps of the day, which are numbered by interval. */
  static final int AGREEMENT = -1;

  private static final String DATABASE = "run.sqlite";

  private final Path folder;
  private final RunLock lock;
  private final RunDatabase database;
  private final int session;
  private final Map<RunFile, CsvLog> logs = new EnumMap<>(RunFile.class);
  private int step = AGREEMENT;

  /** A run that has ended gets no further session, so that what counted in the end counts. */
  private RunJournal(Path folder, RunLock lock, RunDatabase database, Instant now) {
    this.folder = folder;
    this.lock = lock;
    this.database = database;
    boolean ended =
        database
            .get(Resumption.RUN_JSON)
            .map(json -> RunJson.of(json).status() != RunStatus.RUNNING)
            .orElse(false);
    this.session = ended ? database.lastSession() : database.beginSession(now.toString());
  }

  static RunJournal create(Path folder, Instant now) {
    RunLock lock = RunLock.take(folder);
    return began(
        lock,
        () -> new RunJournal(folder, lock, RunDatabase.create(folder.resolve(DATABASE)), now));
  }

  /** What another process left; throws RunFolderException if it still runs or this is no run. */
  static RunJournal resume(Path folder, Instant now) {
    if (!Files.isRegularFile(folder.resolve(DATABASE))) {
      throw new RunFolderException(
          "%s is not a run folder that can be resumed: it has no %s".formatted(folder, DATABASE));
    }
    RunLock lock = RunLock.take(folder);
    return began(
        lock, () -> new RunJournal(folder, lock, RunDatabase.open(folder.resolve(DATABASE)), now));
  }

  private interface Opening {
    RunJournal open();
  }

  private static RunJournal began(RunLock lock, Opening opening) {
    try {
      return opening.open();
    } catch (RunFolderException e) {
      lock.close();
      throw e;
    }
  }

  RunDatabase database() {
    return database;
  }

  /** Rows belong to this step from now on. */
  void begin(int newStep) {
    step = newStep;
  }

  <T extends Record> void add(RecordTable<T> table, List<T> rows) {
    database.transaction(() -> database.insert(table, session, step, rows));
    KillPoint.BEFORE_EXPORT.pass();
    table.file().ifPresent(file -> log(file).append(rows.stream().map(table.fields()).toList()));
  }

  /** The same in place of what was written in this step. */
  <T extends Record> void replace(RecordTable<T> table, List<T> rows) {
    database.transaction(
        () -> {
          database.remove(table, session, step);
          database.insert(table, session, step, rows);
        });
    KillPoint.BEFORE_EXPORT.pass();
    export(table);
  }

  /** A fact of the run, in place of an earlier one. */
  void fact(String key, String value) {
    database.transaction(() -> database.put(key, value));
  }

  void facts(Map<String, String> values) {
    database.transaction(
        () -> {
          for (Map.Entry<String, String> value : values.entrySet()) {
            database.put(value.getKey(), value.getValue());
          }
        });
  }

  Optional<String> fact(String key) {
    return database.get(key);
  }

  /** Says that the step is complete, with the states it ended in. */
  void complete(List<SiteStateRow> sites, List<PlantStateRow> plants) {
    database.transaction(
        () -> {
          database.insert(RunTables.SITES, session, step, sites);
          database.insert(RunTables.PLANTS, session, step, plants);
          database.complete(step, session);
        });
  }

  OptionalInt lastComplete() {
    return database.lastComplete();
  }

  /** The rows that count, of all steps. */
  <T extends Record> List<Row<T>> rowsWithStep(RecordTable<T> table) {
    return database.rows(table, session);
  }

  <T extends Record> List<T> rows(RecordTable<T> table) {
    return rowsWithStep(table).stream().map(Row::value).toList();
  }

  /** The rows that count of the first agreement. */
  <T extends Record> List<T> first(RecordTable<T> table) {
    return rowsWithStep(table).stream()
        .filter(row -> row.step() == AGREEMENT)
        .map(Row::value)
        .toList();
  }

  /** The rows that count of the last agreement that came into force. */
  <T extends Record> List<T> latest(RecordTable<T> table) {
    int last =
        rowsWithStep(RunTables.ENVELOPES).stream().mapToInt(Row::step).max().orElse(AGREEMENT);
    return rowsWithStep(table).stream().filter(row -> row.step() == last).map(Row::value).toList();
  }

  /** Writes every CSV file that exports rows anew. */
  void export() {
    RunTables.ALL.forEach(this::export);
  }

  private <T extends Record> void export(RecordTable<T> table) {
    if (table.file().isEmpty()) {
      return;
    }
    RunFile file = table.file().get();
    List<T> rows = rows(table);
    CsvLog before = logs.remove(file);
    if (before != null) {
      before.close();
    }
    if (!rows.isEmpty() || Files.exists(folder.resolve(file.fileName()))) {
      log(file).append(rows.stream().map(table.fields()).toList());
    }
  }

  /** Adds lines to a file that is no export of the database. */
  void lines(RunFile file, List<List<String>> lines) {
    CsvLog before = logs.remove(file);
    if (before != null) {
      before.close();
    }
    log(file).append(lines);
  }

  private CsvLog log(RunFile file) {
    return logs.computeIfAbsent(file, f -> new CsvLog(folder.resolve(f.fileName()), f.header()));
  }

  @Override
  public void close() {
    List<AutoCloseable> parts = new ArrayList<>(logs.values());
    parts.add(database);
    parts.add(lock);
    logs.clear();
    RunFolderException failure = null;
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (RunFolderException e) {
        failure = e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
