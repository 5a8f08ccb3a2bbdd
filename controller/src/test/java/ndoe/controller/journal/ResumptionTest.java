package ndoe.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumptionTest {
  private static final Versions VERSIONS = new Versions("1", "17", "linux", "engine");

  @TempDir Path temp;
  private Path profiles;
  private Path fleet;

  @BeforeEach
  void files() throws IOException {
    profiles = Files.writeString(temp.resolve("profiles.csv"), "as it was");
    fleet = Files.writeString(temp.resolve("fleet.yaml"), "as it was");
  }

  private RunStart start() {
    return new RunStart(
        "run", "dso", 7, 1, SyntheticDay.reference().scenario(), List.of(profiles), VERSIONS);
  }

  /** A folder as a killed process leaves it: a copy of one that is not closed. */
  private Path killed(String options) throws IOException {
    Path left = Files.createDirectories(temp.resolve("killed"));
    try (RunFolder folder = RunFolder.at(temp.resolve("running"), SyntheticDay.clock())) {
      folder.start(start(), options, Optional.of(fleet));
      try (Stream<Path> files = Files.walk(folder.path())) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path to = left.resolve(folder.path().relativize(file));
          Files.createDirectories(to.getParent());
          Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    return left;
  }

  private static String refusal(Path folder) {
    return assertThrows(
            RunFolderException.class, () -> RunFolder.resume(folder, SyntheticDay.clock()))
        .getMessage();
  }

  @Test
  void goesOnWithWhatAKilledProcessLeft() throws IOException {
    Path folder = killed("{}");
    try (RunFolder resumed = RunFolder.resume(folder, SyntheticDay.clock())) {
      assertEquals("{}", resumed.options());
      assertEquals(start().scenario().file().toAbsolutePath(), resumed.scenarioFile());
      resumed.requireSame(VERSIONS);
      resumed.goOn(start().scenario());
      assertEquals(Optional.empty(), resumed.resumePoint(), "nothing was agreed");
      assertEquals(RunStatus.RUNNING, RunReader.of(folder).run().status());
    }
  }

  @Test
  void refusesARunThatAnotherProcessStillRuns() throws IOException {
    Path folder = killed("{}");
    try (RunFolder first = RunFolder.resume(folder, SyntheticDay.clock())) {
      assertEquals(first.path() + " is still run by another process", refusal(folder));
    }
  }

  @Test
  void refusesARunThatHasEnded() throws IOException {
    Path folder = killed("{}");
    try (RunFolder resumed = RunFolder.resume(folder, SyntheticDay.clock())) {
      resumed.goOn(start().scenario());
      resumed.end(RunStatus.COMPLETED, 0, "");
    }
    Files.writeString(folder.resolve("report.html"), "");
    assertEquals(
        folder + " has ended (completed): there is nothing to go on with", refusal(folder));
  }

  @Test
  void namesTheFileThatChangedSince() throws IOException {
    Path folder = killed("{}");
    Files.writeString(fleet, "another fleet");
    assertTrue(refusal(folder).contains(fleet + " is not what it was"), refusal(folder));
    Files.writeString(fleet, "as it was");
    Files.delete(profiles);
    assertTrue(refusal(folder).contains(profiles + " is not what it was"), refusal(folder));
  }

  @Test
  void namesTheVersionThatChangedSince() throws IOException {
    Path folder = killed("{}");
    try (RunFolder resumed = RunFolder.resume(folder, SyntheticDay.clock())) {
      RunFolderException refused =
          assertThrows(
              RunFolderException.class,
              () -> resumed.requireSame(new Versions("1", "21", "linux", "engine")));
      assertEquals(
          folder + " was started with java 17 and this is 21: go on with what it was started with",
          refused.getMessage());
    }
  }

  @Test
  void refusesWhatIsNoRunOrCannotGoOn() throws IOException {
    assertTrue(refusal(temp).contains("is not a run folder that can be resumed"));
    assertTrue(refusal(killed("")).contains("was not begun by ./ndoe run"));
  }
}
