package ndoe.controller.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a run must not forget: one SQLite file with a write-ahead log that is on disk when a
 * transaction returns. Every failure is a {@link RunFolderException} that names the file and the
 * reason. May be used from several threads.
 */
final class RunDatabase implements AutoCloseable {
  /** Told to SQLite, so that {@code file} and others can name what it is: "ndoe". */
  private static final int APPLICATION = 0x6e646f65;

  /** Of the tables; another one is refused. */
  static final int VERSION = 2;

  /** Names a file that is told the number of each transaction that is on disk. */
  private static final String WITNESS_PROPERTY = "ndoe.witness";

  private static final String COMMITS = "commits";

  private final Path file;
  private final Connection connection;
  private final Map<String, PreparedStatement> inserts = new LinkedHashMap<>();
  private final List<RecordListener> listeners = new CopyOnWriteArrayList<>();
  private Optional<RandomAccessFile> witness = Optional.empty();
  private Optional<RunFolderException> broken = Optional.empty();

  /** What is written as a whole or not at all. */
  @FunctionalInterface
  interface Work {
    void write() throws SQLException;
  }

  private RunDatabase(Path file, boolean create) {
    this.file = file;
    SqliteLibrary.prepare();
    if (!create && !Files.isRegularFile(file)) {
      throw new RunFolderException(
          file.getParent()
              + " is not a run folder that can be resumed: it has no "
              + file.getFileName());
    }
    Connection opened = null;
    try {
      opened = DriverManager.getConnection("jdbc:sqlite:" + file);
      connection = opened;
      prepare(create);
      String told = System.getProperty(WITNESS_PROPERTY, "");
      if (!told.isEmpty()) {
        witness = Optional.of(new RandomAccessFile(told, "rw"));
      }
    } catch (SQLException | IOException e) {
      closeQuietly(opened);
      throw create ? failure("write", e) : failure("read", e);
    } catch (RunFolderException e) {
      closeQuietly(opened);
      throw e;
    }
  }

  static RunDatabase create(Path file) {
    return new RunDatabase(file, true);
  }

  /** Opens what a run left behind, whatever ended it. */
  static RunDatabase open(Path file) {
    return new RunDatabase(file, false);
  }

  private void prepare(boolean create) throws SQLException {
    execute("PRAGMA journal_mode = WAL");
    execute("PRAGMA synchronous = FULL");
    execute("PRAGMA busy_timeout = 5000");
    OptionalInt version = number("PRAGMA user_version");
    if (create) {
      connection.setAutoCommit(false);
      execute("PRAGMA application_id = " + APPLICATION);
      execute("CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
      execute("CREATE TABLE sessions (session INTEGER PRIMARY KEY, started_at TEXT NOT NULL)");
      execute("CREATE TABLE steps (step INTEGER PRIMARY KEY, session INTEGER NOT NULL)");
      for (RecordTable<?> table : RunTables.ALL) {
        execute(table.createStatement());
      }
      execute("PRAGMA user_version = " + VERSION);
      connection.commit();
    } else if (version.orElse(0) != VERSION) {
      throw new RunFolderException(
          "%s has tables of version %d; this program knows version %d"
              .formatted(file, version.orElse(0), VERSION));
    } else {
      connection.setAutoCommit(false);
    }
  }

  /** Fails as on such a disk from now on: may not grow, or may not change. */
  synchronized void rehearse(DiskFault fault) {
    try {
      execute(fault == DiskFault.FULL ? "PRAGMA max_page_count = 1" : "PRAGMA query_only = ON");
      connection.commit();
    } catch (SQLException e) {
      throw failure("write", e);
    }
  }

  /** Writes all of it or nothing; on disk when this returns. After a failure nothing is written. */
  synchronized void transaction(Work work) {
    if (broken.isPresent()) {
      throw new RunFolderException(broken.get().getMessage(), broken.get());
    }
    long start = System.nanoTime();
    try {
      work.write();
      put(COMMITS, Integer.toString(commits() + 1));
      KillPoint.TRANSACTION_OPEN.pass();
      connection.commit();
    } catch (SQLException e) {
      rollBack();
      broken = Optional.of(failure("write", e));
      listeners.forEach(listener -> listener.broken(broken.get()));
      throw broken.get();
    }
    witness.ifPresent(this::tell);
    listeners.forEach(listener -> listener.committed(Duration.ofNanos(System.nanoTime() - start)));
  }

  /** Lets somebody hear of every transaction. */
  void listen(RecordListener listener) {
    listeners.add(listener);
  }

  private void tell(RandomAccessFile told) {
    try {
      told.seek(0);
      told.writeInt(commits());
    } catch (IOException e) {
      throw RunFolderException.writing(Path.of(System.getProperty(WITNESS_PROPERTY)), e);
    }
  }

  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      inserts.clear();
    }
  }

  /** Transactions so far, over all sessions. */
  synchronized int commits() {
    return get(COMMITS).map(Integer::parseInt).orElse(0);
  }

  /** Adds rows; inside a transaction. */
  <T extends Record> void insert(RecordTable<T> table, int session, int step, List<T> rows)
      throws SQLException {
    PreparedStatement statement = inserts.get(table.name());
    if (statement == null) {
      statement = connection.prepareStatement(table.insertStatement());
      inserts.put(table.name(), statement);
    }
    for (T row : rows) {
      table.bind(statement, session, step, row);
      statement.executeUpdate();
    }
  }

  /** Takes back rows of a step that is not completed; inside a transaction. */
  void remove(RecordTable<?> table, int session, int step) throws SQLException {
    execute(
        "DELETE FROM %s WHERE session = %d AND step = %d".formatted(table.name(), session, step));
  }

  /** Says that a step is complete; inside a transaction. */
  void complete(int step, int session) throws SQLException {
    execute(
        "INSERT OR REPLACE INTO steps (step, session) VALUES (%d, %d)".formatted(step, session));
  }

  /** The last step that is complete. */
  synchronized OptionalInt lastComplete() {
    return selected("SELECT max(step) FROM steps");
  }

  /** Begins a session and gives its number, from 1. */
  synchronized int beginSession(String startedAt) {
    int session = lastSession() + 1;
    transaction(
        () ->
            execute(
                "INSERT INTO sessions (session, started_at) VALUES (%d, '%s')"
                    .formatted(session, startedAt)));
    return session;
  }

  int lastSession() {
    return selected("SELECT max(session) FROM sessions").orElse(0);
  }

  /** A fact of the run; inside a transaction. */
  void put(String key, String value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT OR REPLACE INTO run (key, value) VALUES (?, ?)")) {
      statement.setString(1, key);
      statement.setString(2, value);
      statement.executeUpdate();
    }
  }

  synchronized Optional<String> get(String key) {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT value FROM run WHERE key = ?")) {
      statement.setString(1, key);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw failure("read", e);
    }
  }

  /** A row that counts, with the step it belongs to. */
  record Row<T>(int step, T value) {}

  /** The rows that count, in the order they were written. */
  synchronized <T extends Record> List<Row<T>> rows(RecordTable<T> table, int session) {
    try (PreparedStatement statement = connection.prepareStatement(table.selectStatement())) {
      statement.setInt(1, session);
      try (ResultSet found = statement.executeQuery()) {
        List<Row<T>> rows = new ArrayList<>();
        while (found.next()) {
          rows.add(new Row<>(found.getInt(1), table.read(found)));
        }
        return rows;
      }
    } catch (SQLException e) {
      throw failure("read", e);
    }
  }

  /** Every row of a table as text, also those that no longer count, in the order written. */
  synchronized List<String> everyRow(RecordTable<?> table) {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT * FROM %s ORDER BY id".formatted(table.name()))) {
      int columns = found.getMetaData().getColumnCount();
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          row.append(found.getString(column)).append('|');
        }
        rows.add(row.toString());
      }
      return rows;
    } catch (SQLException e) {
      throw failure("read", e);
    }
  }

  private OptionalInt selected(String query) {
    try {
      return number(query);
    } catch (SQLException e) {
      throw failure("read", e);
    }
  }

  private OptionalInt number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      int number = found.next() ? found.getInt(1) : 0;
      return found.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private RunFolderException failure(String verb, Exception e) {
    return SqlFailure.of(verb, file, e);
  }

  private static void closeQuietly(Connection opened) {
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (SQLException e) {
      // what it could not be opened for is reported
    }
  }

  /** Leaves everything in the one file. */
  @Override
  public synchronized void close() {
    try {
      for (PreparedStatement statement : inserts.values()) {
        statement.close();
      }
      inserts.clear();
      connection.close();
      if (witness.isPresent()) {
        witness.get().close();
      }
    } catch (SQLException | IOException e) {
      if (broken.isEmpty()) {
        throw failure("write", e);
      }
    }
  }
}
