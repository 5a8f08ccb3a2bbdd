package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeederFileTest {
  private static final VoltageLimits LIMITS = new VoltageLimits(0.9, 1.1);

  @TempDir private Path folder;

  @Test
  void readsTheFeederOfBaranAndWu() {
    Feeder feeder =
        FeederFile.read(Path.of("ieee33/feeder.dss"), 1.03, LIMITS, Map.of("default", 3000.0));
    assertEquals("ieee33", feeder.name());
    assertEquals(12.66, feeder.nominalVoltageKv());
    assertEquals(1.03, feeder.sourceVoltagePu());
    assertEquals(new BusId("1"), feeder.sourceBus());
    assertEquals(33, feeder.buses().size());
    assertEquals(32, feeder.lines().size());
    assertEquals(32, feeder.loads().size());
    assertEquals(3715, feeder.loads().stream().mapToDouble(Load::activePowerKw).sum(), 1e-9);
    assertEquals(2300, feeder.loads().stream().mapToDouble(Load::reactivePowerKvar).sum(), 1e-9);
    assertEquals(20.5784, feeder.lines().stream().mapToDouble(Line::resistanceOhm).sum(), 1e-9);
    assertEquals(
        new Line(new LineId("L18"), new BusId("2"), new BusId("19"), 0.164, 0.1565, 3000),
        feeder.lines().get(17));
    assertEquals(new Load("B30", new BusId("30"), 200, 600), feeder.loads().get(28));
  }

  @Test
  void readsContinuationsPositionsCommentsAndBrackets() {
    Feeder feeder =
        read(
            """
            /* a block
            New Nonsense.here
            */
            clear // everything
            new object=circuit.x basekv = 10, bus1="source" ! the source
            More r1=(1e-8) x1=[1e-7]
            NEW line.One source.1.2.3 Mid, length=2 units=km r1={0.25} x1=0.5
            ~ c1=0
            new LOAD.a 3 mid 10 100 kvar=-5 vminpu=.9 vmaxpu=1.1
            """);
    assertEquals(
        List.of(new Line(new LineId("One"), new BusId("source"), new BusId("Mid"), 0.5, 1.0, 500)),
        feeder.lines());
    assertEquals(List.of(new Load("a", new BusId("Mid"), 100, -5)), feeder.loads());
  }

  @Test
  void convertsTheUnitsOfLineCodes() {
    Feeder feeder =
        read(
            SmallScenario.FEEDER.replace(
                "New Line.L2 bus1=mid bus2=end r1=0.6 x1=0.8 c1=0",
                "New Linecode.c nphases=3 r1=0.2 x1=0.1 c1=0 units=km\n"
                    + "New Line.L2 bus1=mid bus2=end linecode=C length=500 units=m"));
    assertEquals(0.1, feeder.lines().get(1).resistanceOhm(), 1e-12);
    assertEquals(0.05, feeder.lines().get(1).reactanceOhm(), 1e-12);
  }

  @Test
  void readsPowerFactorsLaggingAndLeading() {
    assertEquals(
        75,
        read(SmallScenario.FEEDER.replace("kvar=50", "pf=0.8")).loads().get(0).reactivePowerKvar(),
        1e-9);
    assertEquals(
        -75,
        read(SmallScenario.FEEDER.replace("kvar=50", "pf=-0.8")).loads().get(0).reactivePowerKvar(),
        1e-9);
  }

  @Test
  void turnsLinesAwayFromTheSource() {
    Feeder feeder = read(SmallScenario.FEEDER.replace("bus1=mid bus2=end", "bus1=end bus2=mid"));
    assertEquals(new BusId("mid"), feeder.lines().get(1).from());
    assertEquals(new BusId("end"), feeder.lines().get(1).to());
    assertEquals(List.of("source", "end", "mid").size(), feeder.buses().size());
  }

  @Test
  void takesRatingsByNameBeforeTheDefault() {
    Feeder feeder = read(SmallScenario.FEEDER, Map.of("default", 500.0, "l2", 100.0));
    assertEquals(List.of(500.0, 100.0), feeder.lines().stream().map(Line::ratingKva).toList());
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Clear                     | Redirect other.dss    | 1 | `` | Redirect is not supported; supported commands
          Clear                     | New Line.L0 bus1=a bus2=b r1=1 x1=1 c1=0 | 1 | Line.L0 | comes before New Circuit
          bus1=source basekv=10     | bus1=source           | 2 | Circuit.small.basekv | missing
          r1=1e-8 x1=1e-7           |                       | 2 | Circuit.small.r1 | OpenDSS would assume a weak source
          r1=1e-8 x1=1e-7           | r1=1e-8 x1=0.5        | 2 | Circuit.small.x1 | ≤ 1.0E-4
          r1=1e-8 x1=1e-7           | MVAsc3=1000           | 2 | Circuit.small.mvasc3 | not supported
          New Circuit.small         | New Vsource.small     | 2 | `` | supported classes: Circuit, Line
          r1=0.3 x1=0.4             | r1=-0.3 x1=0.4        | 3 | Line.L1.r1 | found -0.3
          r1=0.3 x1=0.4             | r1=nan x1=0.4         | 3 | Line.L1.r1 | found nan
          r1=0.3 x1=0.4             | r1=1e400 x1=0.4       | 3 | Line.L1.r1 | found 1e400
          r1=0.3 x1=0.4             | r1=0 x1=0             | 3 | Line.L1.r1 | at least one must be > 0
          r1=0.3 x1=0.4             | x1=0.4                | 3 | Line.L1.r1 | missing
          r1=0.3 x1=0.4             | r1= x1=0.4            | 3 | Line.L1.r1 | found x1
          r1=0.3 x1=0.4             | r1=0.3 x1=0.4 legnth=2 | 3 | Line.L1.legnth | did you mean length?
          r1=0.3 x1=0.4             | r1=0.3 x1=0.4 normamps=400 | 3 | Line.L1.normamps | not supported
          r1=0.3 x1=0.4             | r1=0.3 x1=0.4 phases=1 | 3 | Line.L1.phases | supported is only 3
          r1=0.3 x1=0.4             | r1=0.3 x1=0.4 length=0 | 3 | Line.L1.length | > 0
          r1=0.3 x1=0.4             | r1=0.3 x1=0.4 units=yard | 3 | Line.L1.units | found yard
          r1=0.3 x1=0.4             | linecode=x r1=0.3 x1=0.4 | 3 | Line.L1.linecode | not defined
          r1=0.3 x1=0.4 c1=0        | r1=0.3 x1=0.4         | 3 | Line.L1.c1 | OpenDSS would assume charging
          r1=0.3 x1=0.4 c1=0        | r1=0.3 x1=0.4 c1=3    | 3 | Line.L1.c1 | allowed is only 0
          bus2=mid                  | bus2=mid.1            | 3 | Line.L1.bus2 | all three phases
          bus2=mid                  | bus2=Source           | 3 | Line.L1.bus2 | both ends
          Line.L2                   | Line.l1               | 4 | Line.l1 | given twice; first in line 3
          Line.L2 bus1=mid          | Line.L2 bus1=mod      | 2 | Circuit.small | no line leads from source bus source to buses mod, end
          Load.D bus1=end           | Load.A bus1=end       | 6 | Load.A | given twice
          Load.D bus1=end           | Load.D bus1=emd       | 6 | Load.D.bus1 | did you mean end
          kW=40                     | kW=-40                | 6 | Load.D.kw | found -40
          kW=40                     | kW=40 model=2         | 6 | Load.D.model | supported is only 1
          kW=40                     | kW=40 daily=x         | 6 | Load.D.daily | not supported
          kW=40 kvar=10             | kW=40                 | 6 | Load.D.kvar | either kvar or pf
          kV=10 kW=40               | kV=0.4 kW=40          | 6 | Load.D.kv | 10.0 kV
          kW=40 kvar=10 vminpu=0.4  | kW=40 kvar=10         | 6 | Load.D.vminpu | lower voltage limit 0.9
          VoltageBases=[10]         | VoltageBases=[11, 0.4] | 7 | Set VoltageBases | 10.0 kV must be among them
          VoltageBases=[10]         | VoltageBases=[10      | 7 | `` | never closed
          VoltageBases=[10]         | Mode=daily            | 7 | Set Mode | found daily
          Set VoltageBases=[10]     | Solve mode=daily      | 7 | mode | takes no parameters
          Set VoltageBases=[10]     | New                   | 7 | `` | not supported
          Set VoltageBases=[10]     | Edit Line.L9 r1=2     | 7 | Line.L9 | nothing of this name
          Set VoltageBases=[10]     | Line.L1.r1=2          | 7 | `` | not supported
          Set VoltageBases=[10]     | New Circuit.two       | 7 | Circuit.two | a second circuit
          """)
  void refuses(String text, String replacement, int line, String key, String message) {
    assertTrue(SmallScenario.FEEDER.contains(text), text);
    String script = SmallScenario.FEEDER.replace(text, replacement == null ? "" : replacement);
    List<InvalidInputException.Problem> problems =
        assertThrows(InvalidInputException.class, () -> read(script)).problems();
    assertTrue(
        problems.stream()
            .anyMatch(
                problem ->
                    problem.line() == line
                        && problem.key().equals(key)
                        && problem.message().contains(message)),
        problems::toString);
  }

  @Test
  void namesTheBusesOfALoop() {
    String script =
        SmallScenario.FEEDER.replace(
            "Set Volt", "New Line.Tie bus1=end bus2=source r1=1 x1=1 c1=0\nSet Volt");
    String message = assertThrows(InvalidInputException.class, () -> read(script)).getMessage();
    assertTrue(message.contains("not radial: the lines make a loop over buses"), message);
    assertTrue(message.contains("source") && message.contains("mid") && message.contains("end"));
  }

  @Test
  void editsTheSource() {
    String script =
        SmallScenario.FEEDER.replace(
            "basekv=10 r1=1e-8 x1=1e-7", "\nEdit Vsource.Source basekv=10 r1=0 x1=0 pu=1.02");
    assertEquals(10, read(script).nominalVoltageKv());
  }

  @Test
  void refusesAScriptWithoutACircuit() {
    assertTrue(
        assertThrows(InvalidInputException.class, () -> read("Clear\n"))
            .getMessage()
            .contains("no New Circuit"));
  }

  @Test
  void refusesRatingsThatAreNotPositive() {
    for (double rating : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          InvalidInputException.class,
          () -> read(SmallScenario.FEEDER, Map.of("default", rating)),
          () -> "rating " + rating);
    }
  }

  private Feeder read(String script) {
    return read(script, Map.of("default", 500.0));
  }

  private Feeder read(String script, Map<String, Double> ratings) {
    try {
      Path path = Files.writeString(folder.resolve("feeder.dss"), script);
      return FeederFile.read(path, 1.0, LIMITS, ratings);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
