package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ndoe.controller.ReferenceDay;
import ndoe.controller.ShortDay;
import ndoe.controller.journal.RunReader;
import ndoe.controller.journal.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NdoeIT {
  @TempDir Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int ndoe(Object... arguments) {
    CommandLine command = Ndoe.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return command.execute(words);
  }

  @Test
  void certifiesItsOwnEnvelopesAndRefusesLargerOnes() throws IOException {
    Path scenario = ShortDay.write(temp, 10, 3);
    Path result = temp.resolve("result");
    assertEquals(0, ndoe("negotiate", scenario, "--out", result), err.toString());
    Path envelopes = result.resolve("envelopes.csv");
    assertEquals(0, ndoe("validate", scenario, envelopes), out.toString());
    assertTrue(out.toString().contains("certified: "), out.toString());

    List<String> larger =
        Files.readAllLines(envelopes).stream()
            .map(
                line ->
                    line.contains(",P33,")
                        ? line.replaceAll(",P33,33,.*", ",P33,33,900,900,0")
                        : line)
            .toList();
    Path inflated = Files.write(result.resolve("inflated.csv"), larger);
    assertEquals(3, ndoe("validate", scenario, inflated, "--random-points", 5));
    assertTrue(out.toString().contains("over voltage"), out.toString());
  }

  @Test
  void listsEveryProblemOfAScenarioAndStartsNothing() throws IOException {
    String text =
        Files.readString(ReferenceDay.FILE)
            .replace("seed: 20160621", "sed: 20160621")
            .replace("loss_price_per_kwh: 0.5", "loss_price_per_kwh: -0.5");
    Path scenario = Files.writeString(temp.resolve("bad.yaml"), text);
    Path runs = temp.resolve("runs");
    assertEquals(2, ndoe("run", scenario, "--runs", runs));
    assertTrue(err.toString().contains("sed"), err.toString());
    assertTrue(err.toString().contains("loss_price_per_kwh"), err.toString());
    assertFalse(Files.exists(runs));
  }

  @Test
  void refusesAFolderThatIsInUse() throws IOException {
    Path scenario = ShortDay.write(temp, 10, 1);
    assertEquals(2, ndoe("negotiate", scenario, "--out", temp));
    assertTrue(err.toString().contains("not empty"), err.toString());
  }

  @Test
  void studiesUncertaintyInsideGivenEnvelopes() throws IOException {
    Path scenario = ShortDay.write(temp, 10, 2);
    Path agreed = temp.resolve("agreed");
    assertEquals(0, ndoe("negotiate", scenario, "--out", agreed), err.toString());
    Path wide = temp.resolve("wide");
    Path tight = temp.resolve("tight");
    String command = "study uncertainty --days 20 --out";
    assertEquals(0, ndoe(words(command, wide, scenario)), err.toString());
    assertTrue(out.toString().contains("60 % of each connection's capacity"), out.toString());
    Path envelopes = agreed.resolve("envelopes.csv");
    assertEquals(
        0, ndoe(words(command, tight, scenario, "--envelopes", envelopes)), err.toString());
    assertTrue(out.toString().contains("envelopes: " + envelopes), out.toString());
    List<String> wideRows = Files.readAllLines(wide.resolve("uncertainty.csv"));
    List<String> tightRows = Files.readAllLines(tight.resolve("uncertainty.csv"));
    assertEquals(1 + 5 * (8 + 1), wideRows.size());
    assertEquals(wideRows.size(), tightRows.size());
    assertTrue(!wideRows.get(1).equals(tightRows.get(1)), "envelopes made no difference");
    assertEquals(2, ndoe(words(command, wide, scenario)));
    assertTrue(err.toString().contains("not empty"), err.toString());
    assertEquals(2, ndoe("study", "uncertainty", "--days", 1, "--out", temp.resolve("none")));
    assertEquals(2, ndoe("study"));
  }

  private static Object[] words(String first, Object... others) {
    return Stream.concat(Stream.of(first.split(" ")), Stream.of(others)).toArray();
  }

  @Test
  void explainsWrongUsage() {
    assertEquals(2, ndoe("runn"));
    assertEquals(2, ndoe("run", "--case", "nobody"));
    assertEquals(2, ndoe("run", "--speed", "-1"));
    assertEquals(2, ndoe("run", "missing.yaml"));
    assertTrue(err.toString().contains("missing.yaml"), err.toString());
  }

  @Test
  void aTerminatedRunLeavesDevicesAtDefaultAndItsFolderReadable() throws Exception {
    Path scenario = ShortDay.write(temp, 10, 4);
    Path runs = temp.resolve("runs");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "ndoe.controller.cli.Ndoe",
                "run",
                scenario.toString(),
                "--speed",
                "60",
                "--runs",
                runs.toString())
            .redirectErrorStream(true)
            .start();
    try {
      StringBuilder said = new StringBuilder();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        String line = "";
        while (line != null && !line.contains("1/4")) {
          line = lines.readLine();
          said.append(line).append('\n');
        }
        process.toHandle().destroy();
        said.append(lines.lines().collect(Collectors.joining("\n")));
      }
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), said.toString());
      Path folder;
      try (var made = Files.list(runs)) {
        folder = made.findFirst().orElseThrow();
      }
      RunReader run = RunReader.of(folder);
      assertEquals(RunStatus.ABORTED, run.run().status(), said.toString());
      var last = run.setpoints();
      assertTrue(
          last.subList(last.size() - 20, last.size()).stream()
              .filter(row -> row.quantity().equals("active_power"))
              .allMatch(row -> row.askedKw() == 0),
          said.toString());
    } finally {
      process.destroyForcibly();
    }
  }
}
