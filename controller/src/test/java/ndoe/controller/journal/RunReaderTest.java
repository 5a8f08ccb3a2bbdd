package ndoe.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReaderTest {
  private static final String HEADER = "interval_start,bus,phase,voltage_pu\n";

  @TempDir Path folder;

  @Test
  void readsEveryWholeLineWhereverTheFileIsCut() throws IOException {
    byte[] whole =
        (HEADER + "2016-06-21T00:00,ü1,1,1.01\n2016-06-21T00:00,\"ü,2\",1,1.02\n")
            .getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= whole.length; cut++) {
      byte[] part = Arrays.copyOf(whole, cut);
      Files.write(folder.resolve("voltages.csv"), part);
      long wholeLines = new String(part, StandardCharsets.UTF_8).lines().count();
      boolean midLine = cut > 0 && part[cut - 1] != '\n';
      long expected = Math.max(0, wholeLines - (midLine ? 1 : 0) - 1);

      assertEquals(expected, RunReader.of(folder).voltages().size(), "cut after " + cut);
    }
  }

  @Test
  void hasNoRowsForATableThatIsNotThere() {
    assertEquals(List.of(), RunReader.of(folder).violations());
  }

  @Test
  void namesFileLineAndColumnOfWhatItDoesNotUnderstand() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("voltages.csv"),
            HEADER + "2016-06-21T00:00,1,1,1.01\n2016-06-21T00:00,1,1,high\n");

    RunFolderException wrong =
        assertThrows(RunFolderException.class, () -> RunReader.of(folder).voltages());

    assertEquals(file + ":3: voltage_pu: \"high\" is not a number", wrong.getMessage());
  }

  @Test
  void saysWhichColumnIsMissing() throws IOException {
    Files.writeString(folder.resolve("voltages.csv"), "interval_start,bus\n2016-06-21T00:00,1\n");

    RunFolderException wrong =
        assertThrows(RunFolderException.class, () -> RunReader.of(folder).voltages());

    assertTrue(wrong.getMessage().contains(":2: phase: the column is missing"));
  }

  @Test
  void saysWhenAFolderIsNoRunFolder() {
    RunFolderException wrong =
        assertThrows(RunFolderException.class, () -> RunReader.of(folder).run());

    assertEquals(folder + " is not a run folder: it has no run.json", wrong.getMessage());
  }

  @Test
  void saysWhatIsMissingFromRunJson() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("run.json"),
            "{\"status\": \"running\", \"started_at\": \"2026-03-01T09:30:00Z\"}");

    RunFolderException wrong =
        assertThrows(RunFolderException.class, () -> RunReader.of(folder).run());

    assertEquals(file + ": command is missing", wrong.getMessage());
  }

  @Test
  void refusesRunJsonThatIsNotJson() throws IOException {
    Path file = Files.writeString(folder.resolve("run.json"), "{");

    assertTrue(
        assertThrows(RunFolderException.class, () -> RunReader.of(folder).run())
            .getMessage()
            .startsWith("cannot read " + file));
  }
}
