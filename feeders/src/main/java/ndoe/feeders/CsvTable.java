package ndoe.feeders;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A CSV file with a fixed header whose first column is {@code interval_start}. */
final class CsvTable {
  private static final int DECIMALS = 3;

  private final Path path;
  private final List<String> header;
  private final Horizon horizon;
  private final Problems problems;

  CsvTable(Path path, List<String> header, Horizon horizon, Problems problems) {
    this.path = path;
    this.header = header;
    this.horizon = horizon;
    this.problems = problems;
  }

  /** Gives every row with the right number of fields to {@code rows}. */
  void read(Consumer<Row> rows) {
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(path, StandardCharsets.UTF_8)) {
      Iterator<CsvRecord> records = csv.iterator();
      if (!records.hasNext() || !records.next().getFields().equals(header)) {
        problems.add(path, 1, "", "the first line must read " + String.join(",", header));
        return;
      }
      while (records.hasNext()) {
        CsvRecord csvRow = records.next();
        Row row = new Row((int) csvRow.getStartingLineNumber(), csvRow.getFields());
        if (row.fields().size() == header.size()) {
          rows.accept(row);
        } else {
          problems.add(
              path,
              row.line(),
              "",
              "%d fields; allowed is %d".formatted(row.fields().size(), header.size()));
        }
      }
    } catch (NoSuchFileException missing) {
      problems.add(path, 0, "", "there is no such file");
    } catch (IOException | UncheckedIOException | CsvParseException broken) {
      problems.add(path, 0, "", "cannot be read: " + broken.getMessage());
    }
  }

  static void write(Path path, List<String> header, Stream<List<String>> rows) {
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(path)) {
      csv.writeRecord(header);
      rows.forEach(csv::writeRecord);
    } catch (IOException failed) {
      throw new UncheckedIOException(path + " cannot be written", failed);
    }
  }

  /** The value cut down to whole watts or vars, towards negative infinity. */
  static double floored(double value) {
    return BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.FLOOR).doubleValue();
  }

  /** The value at the nearest whole watt or var. */
  static double rounded(double value) {
    return BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
  }

  /** A value that is already {@link #floored} or {@link #rounded}, three decimals. */
  static String text(double value) {
    return BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** One line of the file; its values in the order of the header. */
  final class Row {
    private final int line;
    private final List<String> fields;

    private Row(int line, List<String> fields) {
      this.line = line;
      this.fields = fields;
    }

    int line() {
      return line;
    }

    List<String> fields() {
      return fields;
    }

    String text(String column) {
      return fields.get(header.indexOf(column));
    }

    void problem(String column, String message) {
      problems.add(path, line, column, message);
    }

    /** Which interval of the horizon the row is about; a problem when none. */
    OptionalInt interval() {
      String text = text("interval_start");
      try {
        LocalDateTime start = LocalDateTime.parse(text);
        Duration after = Duration.between(horizon.start(), start);
        long minutes = after.toMinutes();
        long interval = Math.floorDiv(minutes, horizon.intervalMinutes());
        if (interval >= 0
            && interval < horizon.intervals()
            && horizon.startOf((int) interval).equals(start)) {
          return OptionalInt.of((int) interval);
        }
      } catch (DateTimeException notTime) {
        // Told below like any other start that is not one.
      }
      problem(
          "interval_start",
          "found %s; allowed is the start of one of %d intervals of %d minutes from %s"
              .formatted(text, horizon.intervals(), horizon.intervalMinutes(), horizon.start()));
      return OptionalInt.empty();
    }

    OptionalDouble number(String column, Range range) {
      OptionalDouble value = DecimalText.parse(text(column));
      if (value.isPresent() && range.contains(value.getAsDouble())) {
        return value;
      }
      String found = text(column).isEmpty() ? "nothing" : text(column);
      problem(column, "found %s; allowed is %s".formatted(found, range));
      return OptionalDouble.empty();
    }
  }
}
