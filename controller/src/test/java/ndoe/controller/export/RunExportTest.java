package ndoe.controller.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import ndoe.controller.journal.DataTable;
import ndoe.controller.journal.RunData;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.SyntheticDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunExportTest {
  @TempDir Path folder;
  @TempDir Path out;

  @Test
  void theCsvFilesAreThoseOfTheRunFolder() throws IOException {
    Path run = SyntheticDay.reference().run(folder);

    RunExport.csv(RunData.of(run), out);

    List<String> same = new ArrayList<>();
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
        String name = file.getFileName().toString();
        assertEquals(Files.readString(file), Files.readString(out.resolve(name)), name);
        same.add(name);
      }
    }
    assertTrue(
        same.containsAll(List.of("setpoints.csv", "envelopes.csv", "dso-assets.csv", "feeder.csv")),
        same.toString());
    assertEquals(
        Files.readString(run.resolve("run.json")), Files.readString(out.resolve("run.json")));
  }

  @Test
  void needsNoneOfTheTablesThatAreInTheDatabase() throws IOException {
    Path run = SyntheticDay.reference().run(folder);
    List<DataTable> before = RunData.of(run).tables();
    for (String table : List.of("setpoints", "measurements", "voltages", "envelopes", "trades")) {
      Files.delete(run.resolve(table + ".csv"));
    }
    Files.delete(run.resolve("run.json"));

    assertEquals(before, RunData.of(run).tables());
  }

  @Test
  void aRunThatGoesOnIsReadAsItStands() {
    try (RunFolder running = SyntheticDay.reference().running(folder, 3)) {
      RunData data = RunData.of(running.path());

      assertEquals(3 * 8 * 2, table(data, "setpoints").rows().size());
      assertTrue(data.runJson().contains("\"running\""), data.runJson());
    }
  }

  @Test
  void leavesPrivateTablesOutUnlessTheyAreAskedFor() {
    Path run = SyntheticDay.reference().run(folder);

    List<String> names = names(RunData.of(run));
    List<String> all = names(RunData.withPrivate(run));

    for (String table : List.of("samples", "sites", "plants", "renewal_starts")) {
      assertFalse(names.contains(table), table);
      assertTrue(all.contains(table), table);
    }
    assertTrue(names.contains("commands"));
    assertFalse(table(RunData.withPrivate(run), "samples").rows().isEmpty());
  }

  @Test
  void everyValueIsOfTheKindOfItsColumn() {
    Path run = SyntheticDay.reference().run(folder);

    for (DataTable table : RunData.withPrivate(run).tables()) {
      for (List<Object> row : table.rows()) {
        assertEquals(table.columns().size(), row.size(), table.name());
        for (int i = 0; i < row.size(); i++) {
          DataTable.Column column = table.columns().get(i);
          Object value = row.get(i);
          assertTrue(
              value == null || isOf(column.kind(), value),
              table.name() + "." + column.name() + ": " + value);
        }
      }
    }
  }

  private static boolean isOf(DataTable.Kind kind, Object value) {
    return switch (kind) {
      case TEXT -> value instanceof String;
      case WHOLE -> value instanceof Long;
      case NUMBER -> value instanceof Double || value instanceof BigDecimal;
      case TRUTH -> value instanceof Boolean;
      case LOCAL_TIME -> value instanceof LocalDateTime;
      case UTC_TIME -> value instanceof Instant;
    };
  }

  @Test
  void saysThatAFolderHoldsNoRun() {
    String message = assertThrows(RunFolderException.class, () -> RunData.of(folder)).getMessage();

    assertEquals(folder + " is not a run folder: it has no run.sqlite", message);
  }

  @Test
  void changesNothingInTheRunFolder() throws IOException {
    Path run = SyntheticDay.reference().run(folder);
    byte[] before = Files.readAllBytes(run.resolve("run.sqlite"));
    List<String> files = files(run);

    RunExport.parquet(RunData.of(run), out);

    assertEquals(files, files(run));
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(run.resolve("run.sqlite"))));
  }

  private static List<String> files(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private static List<String> names(RunData data) {
    return data.tables().stream().map(DataTable::name).toList();
  }

  private static DataTable table(RunData data, String name) {
    return data.tables().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }
}
