package ndoe.controller.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What became of a journal tried in a folder.
 *
 * @param version of SQLite
 * @param keepsWriteAheadLog whether the folder's file system can hold a journal
 */
public record DatabaseTrial(String version, boolean keepsWriteAheadLog) {

  /**
   * Writes a record to a new database with a write-ahead log and reads it again over another
   * connection.
   *
   * @param folder in which the database is left
   * @throws RunFolderException if SQLite cannot be loaded or does not keep the record
   */
  public static DatabaseTrial in(Path folder) {
    SqliteLibrary.prepare();
    String address = "jdbc:sqlite:" + folder.resolve("trial.sqlite");
    try (Connection writer = DriverManager.getConnection(address);
        Statement write = writer.createStatement()) {
      String mode = text(write, "PRAGMA journal_mode=WAL");
      write.execute("PRAGMA synchronous=FULL");
      write.execute("CREATE TABLE trial (value TEXT NOT NULL)");
      write.execute("INSERT INTO trial VALUES ('kept')");
      String version = "SQLite " + text(write, "SELECT sqlite_version()");
      try (Connection reader = DriverManager.getConnection(address);
          Statement read = reader.createStatement()) {
        if (!text(read, "SELECT value FROM trial").equals("kept")) {
          throw new RunFolderException(version + " does not keep what it was told");
        }
      }
      return new DatabaseTrial(version, mode.equalsIgnoreCase("wal"));
    } catch (SQLException e) {
      throw new RunFolderException("SQLite: " + e.getMessage());
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getString(1) : "";
    }
  }
}
