package ndoe.controller.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ndoe.controller.journal.RunDatabase.Row;
import org.sqlite.SQLiteConfig;

/**
 * What a run has committed, as it stood when this was opened; reads without changing anything, also
 * while the run goes on. Every failure is a {@link RunFolderException} that names the file.
 */
final class CommittedRun implements AutoCloseable {
  private final Path file;
  private final Connection connection;
  private final int session;

  private CommittedRun(Path file) throws SQLException {
    this.file = file;
    SqliteLibrary.prepare();
    SQLiteConfig reading = new SQLiteConfig();
    reading.setReadOnly(true);
    connection = reading.createConnection(address(file));
    try {
      connection.setAutoCommit(false); // all that is read is of one moment
      requireKnownVersion();
      session = number("SELECT max(session) FROM sessions");
    } catch (SQLException | RunFolderException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Opens the database of a run.
   *
   * @throws RunFolderException if there is none, or it cannot be read
   */
  static CommittedRun of(Path runFolder) {
    Path file = database(runFolder);
    if (!Files.isRegularFile(file)) {
      throw new RunFolderException(
          "%s is not a run folder: it has no %s".formatted(runFolder, file.getFileName()));
    }
    try {
      return new CommittedRun(file);
    } catch (SQLException e) {
      throw SqlFailure.of("read", file, e);
    }
  }

  static Path database(Path runFolder) {
    return runFolder.resolve("run.sqlite");
  }

  /** Without a log nobody works on it; SQLite would leave an empty one behind if not told so. */
  private static String address(Path file) {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    return Files.exists(log)
        ? "jdbc:sqlite:" + file
        : "jdbc:sqlite:file:" + file.toUri().getRawPath() + "?immutable=1";
  }

  private void requireKnownVersion() throws SQLException {
    int version = number("PRAGMA user_version");
    if (version != RunDatabase.VERSION) {
      throw new RunFolderException(
          "%s has tables of version %d; this program knows version %d"
              .formatted(file, version, RunDatabase.VERSION));
    }
  }

  private int number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      return found.next() ? found.getInt(1) : 0;
    }
  }

  /** A fact of the run. */
  Optional<String> fact(String key) {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT value FROM run WHERE key = ?")) {
      statement.setString(1, key);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw SqlFailure.of("read", file, e);
    }
  }

  /** The rows that count with their steps, in the order they were written. */
  <T extends Record> List<Row<T>> rowsWithStep(RecordTable<T> table) {
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
      throw SqlFailure.of("read", file, e);
    }
  }

  <T extends Record> List<T> rows(RecordTable<T> table) {
    return rowsWithStep(table).stream().map(Row::value).toList();
  }

  /** The rows that count of the last agreement that came into force. */
  <T extends Record> List<T> latest(RecordTable<T> table) {
    int last =
        rowsWithStep(RunTables.ENVELOPES).stream()
            .mapToInt(Row::step)
            .max()
            .orElse(RunJournal.AGREEMENT);
    return rowsWithStep(table).stream().filter(row -> row.step() == last).map(Row::value).toList();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqlFailure.of("read", file, e);
    }
  }
}
