package ndoe.controller.journal;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalDouble;

/** A CSV file that grows by whole lines and can be read at any moment. */
public final class CsvLog implements AutoCloseable {
  private static final int DECIMALS = 6;

  private final Path file;
  private final CsvWriter writer;

  /** Starts the file anew with its header. */
  public CsvLog(Path file, String header) {
    this.file = file;
    try {
      writer =
          CsvWriter.builder()
              .lineDelimiter(LineDelimiter.LF)
              .build(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw RunFolderException.writing(file, e);
    }
    append(List.of(List.of(header.split(","))));
  }

  /** Adds whole lines; they are in the file when this returns. */
  public void append(List<List<String>> lines) {
    try {
      for (List<String> fields : lines) {
        writer.writeRecord(fields.stream().map(CsvLog::oneLine).toList());
      }
      writer.flush();
    } catch (UncheckedIOException e) {
      throw RunFolderException.writing(file, e.getCause());
    } catch (IOException e) {
      throw RunFolderException.writing(file, e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw RunFolderException.writing(file, e);
    }
  }

  /** A plain decimal number without needless zeros; NaN and infinities by name. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** Nothing where there is no number. */
  public static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "";
  }

  /** A file that is cut off must stay readable, so that a line break always ends a record. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\r\\n]+", " ");
  }
}
