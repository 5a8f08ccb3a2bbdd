package ndoe.controller.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Python with pandas, pyarrow and matplotlib, when there is one: named in NDOE_PEERS_PYTHON. */
final class AnalysisPython {
  private static final long DEADLINE_SECONDS = 240;
  private static final String VARIABLE = "NDOE_PEERS_PYTHON";

  private final String program;
  private final Path folder;

  private AnalysisPython(String program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /**
   * Finds it; says so in a line when it is not there.
   *
   * @param folder for what it leaves behind
   */
  static Optional<AnalysisPython> find(Path folder, String test) throws Exception {
    String named = System.getenv(VARIABLE);
    if (named == null) {
      System.out.println(test + " skipped: " + VARIABLE + " is not set");
      return Optional.empty();
    }
    AnalysisPython python = new AnalysisPython(named, folder);
    if (python.exitCode("-c", "import pandas, pyarrow, matplotlib") != 0) {
      System.out.println(test + " skipped: " + VARIABLE + " lacks pandas, pyarrow or matplotlib");
      return Optional.empty();
    }
    return Optional.of(python);
  }

  /** Runs a program and gives what it said; fails when it fails. */
  String says(String... words) throws Exception {
    int exitCode = exitCode(words);
    String said = Files.readString(said());
    assertEquals(0, exitCode, said);
    return said;
  }

  private int exitCode(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said().toFile());
    builder.environment().put("MPLBACKEND", "Agg");
    builder.environment().put("MPLCONFIGDIR", folder.resolve("matplotlib").toString());
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "Python hangs");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private Path said() {
    return folder.resolve("python.txt");
  }
}
