package ndoe.devices.sunspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A Python script beside the tests, run by the interpreter that has the peers installed. */
final class PeerScript {
  private static final String PYTHON = "NDOE_PEERS_PYTHON";
  private static final int SECONDS = 60;

  private PeerScript() {}

  /** Skips the calling test, saying why, when no interpreter is named. */
  static String pythonOrSkip() {
    String python = System.getProperty(PYTHON, System.getenv(PYTHON));
    if (python == null || !Files.isExecutable(Path.of(python))) {
      String reason =
          "skipped: " + PYTHON + " names no Python with lab-setup/peers/requirements.txt installed";
      System.out.println(reason);
      Assumptions.abort(reason);
    }
    return python;
  }

  /** As {@link #pythonOrSkip()}, also skipping when the interpreter lacks a module. */
  static String pythonOrSkip(String module) throws IOException {
    String python = pythonOrSkip();
    Process probe = new ProcessBuilder(python, "-c", "import " + module).start();
    if (probe.onExit().join().exitValue() != 0) {
      String reason = "skipped: " + python + " has no " + module;
      System.out.println(reason);
      Assumptions.abort(reason);
    }
    return python;
  }

  /** Runs a script to its end and returns its output lines. */
  static List<String> run(String script, Object... arguments)
      throws IOException, InterruptedException, URISyntaxException {
    Path file = Path.of(PeerScript.class.getResource(script).toURI());
    List<String> command = new ArrayList<>(List.of(pythonOrSkip(), file.toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Path out = Files.createTempFile("ndoe-peer", ".out");
    Path err = Files.createTempFile("ndoe-peer", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), script + " does not end");
      assertEquals(0, process.exitValue(), () -> script + ": " + text(err));
      return Files.readAllLines(out);
    } finally {
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
