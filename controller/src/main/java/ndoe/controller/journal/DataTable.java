package ndoe.controller.journal;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/**
 * A table of a run for use elsewhere; units are in the names of the columns, as in the CSV files.
 *
 * @param name of the file without its ending
 * @param rows a value per column as {@link Kind} says, {@code null} where nothing is known
 */
public record DataTable(String name, List<Column> columns, List<List<Object>> rows) {
  public DataTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** A column and what its values are. */
  public record Column(String name, Kind kind) {}

  /** What a value is. */
  public enum Kind {
    /** A {@link String}. */
    TEXT,
    /** A {@link Long}. */
    WHOLE,
    /** A {@link Double}, or a {@link BigDecimal} where hundredths count. */
    NUMBER,
    /** A {@link Boolean}. */
    TRUTH,
    /** A {@link java.time.LocalDateTime}: local standard time of the scenario. */
    LOCAL_TIME,
    /** A {@link java.time.Instant}. */
    UTC_TIME
  }

  /** Writes the table as a CSV file, with at most six decimals, in place of one that is there. */
  public void writeCsv(Path file) {
    String header = String.join(",", columns.stream().map(Column::name).toList());
    try (CsvLog log = new CsvLog(file, header)) {
      log.append(rows.stream().map(row -> row.stream().map(DataTable::text).toList()).toList());
    }
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number) {
      return CsvLog.number(number);
    }
    return value instanceof BigDecimal amount ? amount.toPlainString() : value.toString();
  }
}
