package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import ndoe.controller.journal.SyntheticDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir Path folder;
  @TempDir Path out;

  @Test
  void makesThePageAgainFromTheDatabaseAlone() throws IOException {
    Path run = SyntheticDay.reference().run(folder);
    for (String file : new String[] {"setpoints.csv", "measurements.csv", "envelopes.csv"}) {
      Files.delete(run.resolve(file));
    }

    Spoken said = Spoken.by("report", run);

    assertEquals(0, said.exitCode(), said.err());
    assertEquals("wrote " + run.resolve("report.html"), said.out().strip());
    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("383 of 384 setpoints were applied and read back"));
    assertTrue(page.contains("192 of 192"));
  }

  @Test
  void writesTablesBesideTheRunUnlessToldWhere() throws IOException {
    Path run = SyntheticDay.reference().negotiated(folder);
    Path elsewhere = out.resolve("tables");

    assertEquals(0, Spoken.by("report", run, "--format", "csv").exitCode());
    assertEquals(0, Spoken.by("report", run, "--format", "parquet", "--out", elsewhere).exitCode());

    assertTrue(Files.exists(run.resolve("csv").resolve("negotiation.csv")));
    byte[] parquet = Files.readAllBytes(elsewhere.resolve("negotiation.parquet"));
    assertEquals("PAR1", new String(parquet, 0, 4, StandardCharsets.US_ASCII));
    assertFalse(Files.exists(elsewhere.resolve("samples.parquet")), "private");
  }

  @Test
  void touchesNoFolderThatIsInUseAndNamesWhatIsNoRun() throws IOException {
    Path run = SyntheticDay.reference().negotiated(folder);
    Files.writeString(out.resolve("notes.txt"), "precious");

    Spoken inUse = Spoken.by("report", run, "--format", "csv", "--out", out);
    Spoken noRun = Spoken.by("report", out);

    assertEquals(2, inUse.exitCode());
    assertTrue(inUse.err().contains("is not empty"), inUse.err());
    assertEquals(2, noRun.exitCode());
    assertTrue(
        noRun.err().contains(out + " is not a run folder: it has no run.sqlite"), noRun.err());
  }

  @Test
  void namesTheFormatsThereAre() {
    Spoken said = Spoken.by("report", folder, "--format", "xlsx");

    assertEquals(2, said.exitCode());
    assertTrue(said.err().contains("html") && said.err().contains("parquet"), said.err());
  }

  @Test
  void refusesOptionsThatDoNotBelongToTheFormat() {
    assertTrue(Spoken.by("report", folder, "--private").err().contains("--private is for"));
    assertTrue(
        Spoken.by("report", folder, "--format", "csv", "--against", out)
            .err()
            .contains("--against is for --format html"));
  }
}
