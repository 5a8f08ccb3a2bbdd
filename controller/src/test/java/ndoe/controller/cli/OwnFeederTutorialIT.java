package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial “bring your own feeder”, typed into a shell in an empty folder; of its day the four
 * hours with most sun, so that it is quick.
 */
@Timeout(600)
class OwnFeederTutorialIT {
  @TempDir Path folder;

  private void putLauncher() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path launcher = folder.resolve("ndoe");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        exec "%s" --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -cp "%s" %s "$@"
        """
            .formatted(java, classPath(), Ndoe.class.getName()));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .reduce((some, more) -> some + java.io.File.pathSeparator + more)
        .orElseThrow();
  }

  @Test
  void everyStepDoesWhatThePageSays() throws Exception {
    putLauncher();
    Tutorial tutorial = Tutorial.read("own-feeder.md");
    Path said = folder.resolve("said.log");
    Process shell =
        new ProcessBuilder("sh", "-e", "-c", shortened(tutorial))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertTrue(shell.waitFor(500, TimeUnit.SECONDS), () -> read(said));
    } finally {
      shell.destroyForcibly();
    }
    assertEquals(0, shell.exitValue(), () -> read(said));
    for (String expected :
        List.of(
            "prosumers[0].bus: n3 is not a bus of the circuit",
            "OK    mine/village.yaml: a scenario",
            "done: no limit was broken",
            "NOT certified: ")) {
      assertTrue(read(said).contains(expected), () -> "no \"" + expected + "\" in " + read(said));
    }
    try (Stream<Path> runs = Files.list(folder.resolve("mine/runs"))) {
      assertTrue(Files.size(runs.findFirst().orElseThrow().resolve("report.html")) > 10_000);
    }
  }

  private static String shortened(Tutorial tutorial) {
    String whole = "start: \"2016-06-21T00:00\", interval_minutes: 60, intervals: 24";
    String script = String.join("\n", tutorial.blocks());
    assertTrue(script.contains(whole), script);
    return script.replace(whole, "start: \"2016-06-21T09:00\", interval_minutes: 60, intervals: 4");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
