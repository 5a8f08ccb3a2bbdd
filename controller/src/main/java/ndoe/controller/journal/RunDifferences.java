package ndoe.controller.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * In what two run folders differ beyond when and where they ran: wall-clock times, how long things
 * took and the ports of emulated devices do not count, nor does what people were told of them.
 */
public final class RunDifferences {
  private static final Set<String> COLUMNS_OF_THE_RUN =
      Set.of("time_utc", "elapsed_s", "connection");
  private static final Set<String> KEYS_OF_THE_RUN =
      Set.of("started_at", "ended_at", "resumed_at", "timings_seconds");

  private RunDifferences() {}

  /** One line per file that differs; empty when nothing does. */
  public static List<String> between(Path one, Path other) {
    List<String> differences = new ArrayList<>();
    try {
      Set<String> files = new TreeSet<>(compared(one));
      files.addAll(compared(other));
      for (String file : files) {
        difference(file, one.resolve(file), other.resolve(file), differences);
      }
    } catch (IOException e) {
      throw RunFolderException.reading(one, e);
    }
    return differences;
  }

  private static List<String> compared(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.endsWith(".csv") || name.equals(RunFile.RUN.fileName()))
          .filter(name -> !name.equals(RunFile.EVENTS.fileName()))
          .toList();
    }
  }

  private static void difference(String name, Path one, Path other, List<String> differences)
      throws IOException {
    if (!Files.exists(one) || !Files.exists(other)) {
      differences.add(name + " is only in " + (Files.exists(one) ? one : other).getParent());
      return;
    }
    List<String> lines = name.endsWith(".csv") ? rows(one) : keys(one);
    List<String> others = name.endsWith(".csv") ? rows(other) : keys(other);
    for (int line = 0; line < Math.max(lines.size(), others.size()); line++) {
      String here = line < lines.size() ? lines.get(line) : "nothing";
      String there = line < others.size() ? others.get(line) : "nothing";
      if (!here.equals(there)) {
        differences.add("%s:%d: %s, not %s".formatted(name, line + 1, there, here));
        return;
      }
    }
  }

  private static List<String> rows(Path file) throws IOException {
    List<String> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord fields : reader) {
        Map<String, String> kept = new LinkedHashMap<>(fields.getFieldsAsMap());
        kept.keySet().removeAll(COLUMNS_OF_THE_RUN);
        rows.add(kept.toString());
      }
    }
    return rows;
  }

  private static List<String> keys(Path file) throws IOException {
    JsonNode root = new JsonMapper().readTree(Files.readString(file));
    return root instanceof ObjectNode object
        ? object.without(KEYS_OF_THE_RUN).toPrettyString().lines().toList()
        : List.of();
  }
}
