package ndoe.controller.journal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Reads the whole lines of a CSV file; a last line that is cut off is left out. */
final class CsvTable {
  private CsvTable() {}

  /** No rows when there is no such file. */
  static <T> List<T> read(Path file, Function<Line, T> rowOf) {
    List<T> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().ofNamedCsvRecord(wholeLines(file))) {
      for (NamedCsvRecord fields : reader) {
        rows.add(rowOf.apply(new Line(file, fields)));
      }
    } catch (CsvParseException e) {
      throw new RunFolderException(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw RunFolderException.reading(file, e);
    }
    return rows;
  }

  private static String wholeLines(Path file) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return "";
    }
    int end = content.length;
    while (end > 0 && content[end - 1] != '\n') {
      end--;
    }
    return new String(content, 0, end, StandardCharsets.UTF_8);
  }

  /** One line, with the place in the message when a field is not what it should be. */
  record Line(Path file, NamedCsvRecord fields) {

    String text(String column) {
      return fields
          .findField(column)
          .orElseThrow(() -> wrong(column, "the column is missing in this file or line"));
    }

    double number(String column) {
      return parse(column, "a number", Double::parseDouble);
    }

    int whole(String column) {
      return parse(column, "a whole number", Integer::parseInt);
    }

    OptionalDouble optionalNumber(String column) {
      return text(column).isBlank() ? OptionalDouble.empty() : OptionalDouble.of(number(column));
    }

    <T> T parse(String column, String expected, Function<String, T> parser) {
      String text = text(column);
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException | DateTimeException e) {
        throw wrong(column, "\"" + text + "\" is not " + expected);
      }
    }

    private RunFolderException wrong(String column, String message) {
      return new RunFolderException(
          "%s:%d: %s: %s".formatted(file, fields.getStartingLineNumber(), column, message));
    }
  }
}
