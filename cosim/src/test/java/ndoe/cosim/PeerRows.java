package ndoe.cosim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of a stored result of an independent program, by column. */
public record PeerRows(List<Map<String, String>> rows) {

  /** Reads {@code peers/<path>} of the test resources. */
  public static PeerRows of(String path) {
    try (InputStream stream = PeerRows.class.getResourceAsStream("/peers/" + path)) {
      List<String> lines =
          new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      List<String> columns = List.of(lines.get(0).split(",", -1));
      return new PeerRows(
          lines.stream().skip(1).map(line -> row(columns, line.split(",", -1))).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> row(List<String> columns, String[] cells) {
    Map<String, String> row = new HashMap<>();
    for (int column = 0; column < cells.length; column++) {
      row.put(columns.get(column), cells[column]);
    }
    return row;
  }

  /** Those with this value in this column. */
  public PeerRows where(String column, String value) {
    return new PeerRows(rows.stream().filter(row -> row.get(column).equals(value)).toList());
  }

  public static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }
}
