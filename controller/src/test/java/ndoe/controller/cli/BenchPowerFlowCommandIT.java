package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** That the benchmark works, not how fast anything is. */
final class BenchPowerFlowCommandIT {
  private static final String HOME = "ndoe.home";

  @TempDir Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String homeBefore;

  @BeforeEach
  void runFromTheProject() {
    homeBefore = System.getProperty(HOME);
    System.setProperty(HOME, Path.of("..").toAbsolutePath().normalize().toString());
  }

  @AfterEach
  void restoreHome() {
    if (homeBefore == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, homeBefore);
    }
  }

  @Test
  void printsATableOfTimesThatAreNumbers() {
    assertEquals(0, bench("--quick", "--floor"), err.toString());

    for (String what :
        List.of("binding, to", "binding on two threads", "text commands", "judge with limits")) {
      String[] cells = line(what).substring(34).trim().split(" +", 4);
      double best = Double.parseDouble(cells[0]);
      double median = Double.parseDouble(cells[1]);
      double perSecond = Double.parseDouble(cells[2]);
      assertTrue(0 < best && best <= median && median < 1e7, what + ": " + best + ", " + median);
      double threads = what.contains("two") ? 2 : 1;
      // What is printed is rounded to 0.1 us and to one solution per second.
      double coarse = 0.06 / best + 1 / perSecond;
      assertEquals(1, perSecond * best / 1e6 / threads, coarse, what);
    }
    assertTrue(line("checksum").matches("checksum \\d+\\.\\d+ V.*"), out.toString());
    assertTrue(
        line("checksum").endsWith("the same in C") || out.toString().contains("no C compiler"),
        out.toString());
  }

  @Test
  void printsMemoryWhileItSolves() {
    assertEquals(0, bench("--memory", "--quick"), err.toString());

    assertTrue(line("        1000").matches(" +1000 +(\\d+ kB|not available) +\\d+ kB"));
  }

  @Test
  void writesCircuitsForTheProgramInC() throws IOException {
    Path folder = temp.resolve("circuits");
    assertEquals(0, bench("--scripts", folder.toString()), err.toString());

    Path file = folder.resolve("three-phase-1e-6.dss");
    assertTrue(out.toString().contains(file.toString()), out.toString());
    assertTrue(Files.readString(file).startsWith("Clear"));
  }

  private int bench(String... options) {
    CommandLine command = Ndoe.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    String[] words = new String[2 + options.length];
    words[0] = "bench";
    words[1] = "powerflow";
    System.arraycopy(options, 0, words, 2, options.length);
    return command.execute(words);
  }

  private String line(String start) {
    return Arrays.stream(out.toString().split("\\R"))
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line " + start + " in " + out));
  }
}
