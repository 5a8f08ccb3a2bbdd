package ndoe.controller.journal;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says why a database could not be used in words that name the file and the reason. */
final class SqlFailure {
  /** Of SQLite’s extended codes, the part that names the kind. */
  private static final int KIND = 0xff;

  private SqlFailure() {}

  /**
   * The exception for the user.
   *
   * @param verb {@code write} or {@code read}
   */
  static RunFolderException of(String verb, Path file, Exception e) {
    String reason = e instanceof SQLException sql ? reason(sql) : e.getMessage();
    return new RunFolderException("cannot %s %s: %s".formatted(verb, file, reason), e);
  }

  private static String reason(SQLException e) {
    return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & KIND)) {
      case SQLITE_FULL -> "No space left on device";
      case SQLITE_READONLY -> "the file or its folder is read-only";
      case SQLITE_CANTOPEN -> "it cannot be opened in this folder";
      case SQLITE_NOTADB, SQLITE_CORRUPT -> "it is damaged: " + e.getMessage();
      default -> e.getMessage();
    };
  }
}
