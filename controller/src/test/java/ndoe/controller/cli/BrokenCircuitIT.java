package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import ndoe.feeders.InvalidInputException;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * A scenario whose circuit the engine cannot bear is told in one line, and nothing else happens.
 */
class BrokenCircuitIT {
  private static final Path HOME = Path.of("..", "feeders").toAbsolutePath().normalize();

  @TempDir private Path temp;
  private Path scenario;
  private Path master;
  private int lines;

  /** The 13-node scenario with its script in two files. */
  @BeforeEach
  void writeScenario() throws IOException {
    Path feeder = HOME.resolve("ieee13");
    String yaml =
        Files.readString(feeder.resolve("ieee13.yaml"))
            .replace("dss: feeder.dss", "dss: master.dss")
            .replace("profiles: ../ieee33", "profiles: " + HOME.resolve("ieee33"));
    scenario = Files.writeString(temp.resolve("scenario.yaml"), yaml);
    List<String> script = Files.readAllLines(feeder.resolve("feeder.dss"));
    int loads = (int) script.stream().takeWhile(line -> !line.startsWith("New Load.S634a")).count();
    Files.createDirectory(temp.resolve("parts"));
    Files.write(temp.resolve("parts/network.dss"), script.subList(0, loads));
    Files.write(temp.resolve("parts/loads.dss"), script.subList(loads, script.size()));
    master = temp.resolve("master.dss");
    master(List.of("Redirect parts/network.dss", "Redirect \"parts\\loads.dss\""));
  }

  private void master(List<String> statements) throws IOException {
    lines = statements.size();
    Files.write(master, statements);
  }

  private void append(String statement) throws IOException {
    Files.writeString(master, statement + "\n", StandardOpenOption.APPEND);
  }

  @Test
  void readsTheSameCircuitFromSeveralFiles() {
    Scenario whole = ScenarioFile.read(HOME.resolve("ieee13/ieee13.yaml"));
    Scenario split = ScenarioFile.read(scenario);
    assertEquals(whole.feeder(), split.feeder());
    assertEquals(
        List.of("master.dss", "parts/network.dss", "parts/loads.dss"),
        split.namedFiles().stream()
            .filter(file -> file.startsWith(temp))
            .map(file -> temp.relativize(file).toString())
            .toList());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          New EnergyMeter.m                          | OpenDSS itself crashed
          New Reactor.r bus1=680 rmatrix=[1]         | OpenDSS itself crashed
          New Line.z linecode=none bus1=680 bus2=681 | LineCode object "none" not found
          New CapControl.c usermodel=x.so            | not a property that is allowed
          Redirect /dev/zero                         | is not allowed; allowed is a file in the folder
          Edit Line.650633 length=1                  | no such element so far; did you mean line.650632
          """)
  void saysInOneLineWhatAndWhere(String statement, String reason) throws IOException {
    append(statement);
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> ScenarioFile.read(scenario));
    assertEquals(1, refused.problems().size(), refused::getMessage);
    assertEquals(master, refused.problems().get(0).file());
    assertEquals(lines + 1, refused.problems().get(0).line());
    assertTrue(refused.getMessage().contains(reason), refused::getMessage);
  }

  @Test
  void namesTheMasterWhereNoStatementIsToBlame() throws IOException {
    append("New Load.far bus1=nowhere.2 phases=1 kv=2.4 kw=1");
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> ScenarioFile.read(scenario));
    assertEquals(1, refused.problems().size(), refused::getMessage);
    assertEquals(master, refused.problems().get(0).file());
    assertTrue(refused.getMessage().contains("VoltageBases: nowhere.2"), refused::getMessage);
  }

  @Test
  void endsTheCommandWithOneLineAndCodeTwo() throws IOException {
    append("New EnergyMeter.m");
    Path result = temp.resolve("result");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Ndoe.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));

    int code = command.execute("negotiate", scenario.toString(), "--out", result.toString());

    assertEquals(2, code);
    assertEquals("", out.toString());
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains("master.dss:3: OpenDSS itself crashed"), err::toString);
    try (Stream<Path> left = Files.exists(result) ? Files.list(result) : Stream.empty()) {
      assertEquals(0, left.count());
    }
  }
}
