package ndoe.cosim.opendss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ndoe.cosim.powerflow.PowerFlowException;
import ndoe.feeders.BusId;
import ndoe.feeders.CircuitScript;
import ndoe.feeders.CircuitSurvey;
import ndoe.feeders.CircuitSurvey.Found;
import ndoe.feeders.CircuitSurvey.Refused;
import ndoe.feeders.CircuitSurveyor;
import ndoe.feeders.Line;
import ndoe.feeders.Load;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a script does to the engine, this process hears one line of it and nothing is left. */
final class ChildSurveyorIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path temporary;
  private Set<Path> before;

  @BeforeEach
  void lookAround() throws IOException {
    before = traces();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertEquals(before, traces());
  }

  /** What a crash of a Java process or the machine would leave. */
  private Set<Path> traces() throws IOException {
    try (Stream<Path> ofTrials = Files.list(temporary);
        Stream<Path> working = Files.list(Path.of("").toAbsolutePath())) {
      return Stream.concat(ofTrials, working).collect(Collectors.toSet());
    }
  }

  private ChildSurveyor surveyor(Duration deadline) {
    return new ChildSurveyor(deadline, temporary);
  }

  private Refused refused(CircuitScript circuit) {
    return refused(surveyor(LONG), circuit);
  }

  private static Refused refused(ChildSurveyor surveyor, CircuitScript circuit) {
    CircuitSurvey survey = surveyor.survey(circuit);
    Refused refused = assertInstanceOf(Refused.class, survey, survey::toString);
    assertEquals(1, refused.reason().lines().count(), refused::reason);
    return refused;
  }

  private Found found(CircuitScript circuit) {
    CircuitSurvey survey = surveyor(LONG).survey(circuit);
    return assertInstanceOf(Found.class, survey, survey::toString);
  }

  @Test
  void isTheSurveyorOnTheClassPath() {
    assertInstanceOf(ChildSurveyor.class, CircuitSurveyor.available().orElseThrow());
  }

  @Test
  void tellsWhatIsInACircuit() {
    Found found = found(Circuits.small("New Line.b bus1=y.2 bus2=z.2 phases=1 r1=0.5 x1=0.25"));

    assertEquals(10, found.nominalVoltageKv());
    assertEquals(1, found.sourceVoltagePu());
    assertEquals(
        List.of("s.1", "s.2", "s.3", "y.1", "y.2", "y.3", "z.2"),
        found.nodes().stream().map(BusId::value).toList());
    Line line = found.branches().get(1);
    assertEquals("line.b", line.id().value());
    assertEquals("y to z", line.from() + " to " + line.to());
    assertEquals(0.5, line.resistanceOhm(), 1e-9);
    assertEquals(0.25, line.reactanceOhm(), 1e-9);
    assertEquals(400 * 10 / Math.sqrt(3), line.ratingKva(), 1e-6);
    assertEquals(List.of(new Load("l", new BusId("y"), 100, 10)), found.loads());
  }

  @ParameterizedTest
  @CsvSource({
    "bus1=y phases=3 conn=delta, y",
    "bus1=y.3.1.2 phases=3, y.1.2.3",
    "bus1=y.2 phases=1, y.2",
    "bus1=y phases=1, y.1",
    "bus1=y phases=1 conn=delta, y.1.2",
    "bus1=y.3.1 phases=1 conn=delta, y.1.3",
    "bus1=y.2.3 phases=2, y.2.3",
    "bus1=y.2.3.0 phases=2, y.2.3",
    "bus1=y.3.0 phases=1, y.3",
    "bus1=Y.3.4 phases=1, y.3"
  })
  void tellsThePhasesALoadIsAt(String load, String place) {
    Found found = found(Circuits.small("New Load.b kv=5.8 kw=1 " + load));
    assertEquals(place, found.loads().get(1).bus().value());
  }

  @Test
  void takesSwitchesAndTransformersOfThreeWindings() {
    Found found =
        found(
            Circuits.small(
                "New Line.switch bus1=y bus2=z switch=y",
                "New Transformer.t windings=3 buses=[z v w] kvs=[10 10 10] kvas=[100 100 100]",
                "New Load.v bus1=v kv=10 kw=5",
                "New Load.w bus1=w kv=10 kw=5"));
    assertEquals(
        List.of("line.a", "line.switch", "transformer.t"),
        found.branches().stream().map(branch -> branch.id().value()).toList());
    assertEquals(100, found.branches().get(2).ratingKva(), 15);
  }

  @Test
  void leavesOutWhatIsOutOfService() {
    Found found = found(Circuits.small("New Line.b bus1=s bus2=y", "disable Line.b"));
    assertEquals(1, found.branches().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "New EnergyMeter.m",
        "New Reactor.r bus1=y rmatrix=[1]",
      })
  void survivesWhatKillsTheEngine(String statement) {
    Refused refused =
        refused(Circuits.small("Edit Line.a length=2", statement, "Edit Load.l kw=1"));
    assertEquals(OptionalInt.of(5), refused.statement());
    assertTrue(refused.reason().startsWith("OpenDSS itself crashed"), refused.reason());
  }

  @Test
  void survivesASpacingWithoutWires() {
    Refused refused =
        refused(
            Circuits.small(
                "New LineSpacing.s nconds=3 nphases=3", "New Line.b spacing=s bus1=y bus2=z"));
    assertEquals(OptionalInt.of(5), refused.statement());
    assertTrue(refused.reason().startsWith("OpenDSS itself crashed"), refused.reason());
  }

  @Test
  void refusesWhatDoesNotEndInTime() {
    List<String> statements = new ArrayList<>(Circuits.SMALL);
    for (int line = 0; line < 20_000; line++) {
      statements.add("New Line.b%d bus1=b%d bus2=b%d".formatted(line, line, line + 1));
    }
    Refused refused = refused(surveyor(Duration.ofMillis(700)), Circuits.script(statements));
    assertEquals("OpenDSS did not finish within 0.7 s, here or later", refused.reason());
  }

  @Test
  void passesTheEnginesOwnWordsOn() {
    Refused refused = refused(Circuits.small("New Line.b linecode=unknown bus1=y bus2=z"));
    assertEquals(OptionalInt.of(4), refused.statement());
    assertTrue(
        refused.reason().contains("LineCode object \"unknown\" not found"), refused.reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          New Line.b bus1=z bus2=w             | z.1, z.2, z.3, w.1, w.2, w.3
          New Load.b bus1=z.2 phases=1 kv=5.8  | z.2
          Open Line.a 2                        | y.1, y.2, y.3
          disable Vsource.source               | s.1, s.2, s.3, y.1
          New Line.b phases=1 bus1=y.4 bus2=z.1 | z.1
          """)
  void namesWhatTheSourceDoesNotFeed(String statement, String nodes) {
    Refused refused = refused(Circuits.small(statement));
    assertEquals(OptionalInt.empty(), refused.statement());
    assertTrue(refused.reason().startsWith("without a voltage of 0.4 to 1.6 pu"), refused.reason());
    assertTrue(refused.reason().contains(": " + nodes), refused.reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0     | bus s has no voltage base; name its voltage in Set VoltageBases
          -10   | bus s has no voltage base
          4.16  | missing in VoltageBases: s.1, s.2, s.3, y.1
          1e400 | missing in VoltageBases: s.1, s.2, s.3
          """)
  void refusesVoltageBasesThatAreNotThoseOfTheCircuit(String bases, String reason) {
    List<String> statements = new ArrayList<>(Circuits.SMALL);
    statements.set(1, "Set voltagebases=[" + bases + "]");
    Refused refused = refused(Circuits.script(statements));
    assertTrue(refused.reason().contains(reason), refused.reason());
  }

  @Test
  void refusesLoadsTheFeederCannotCarry() {
    Refused refused =
        refused(
            Circuits.small("Edit Line.a length=50", "Edit Load.l kw=9000 vminpu=0.4 vlowpu=0.3"));
    assertTrue(refused.reason().contains("own loads"), refused.reason());
    assertEquals(OptionalInt.empty(), refused.statement());
  }

  @Test
  void refusesControlsThatNeverRest() {
    Refused refused =
        refused(
            Circuits.small(
                "Edit Line.a length=10",
                "New Capacitor.c bus1=y kv=10 kvar=2000",
                "New CapControl.c element=Line.a terminal=2 capacitor=c type=voltage ptratio=50"
                    + " onsetting=118 offsetting=117 deadtime=0"));
    assertTrue(refused.reason().contains("controls never rest"), refused.reason());
  }

  @Test
  void refusesABranchThatMayCarryNothing() {
    assertEquals(
        "normamps of line.a is 0.0; allowed is a number > 0",
        refused(Circuits.small("Edit Line.a normamps=0")).reason());
  }

  @Test
  void refusesALoadAtNoPhase() {
    assertEquals(
        "load b is at y.4; allowed are the phases 1 to 3",
        refused(Circuits.small("New Load.b bus1=y.4 phases=1 kv=5.8 kw=1")).reason());
  }

  @Test
  void stopsWhenInterrupted() {
    Thread.currentThread().interrupt();
    assertThrows(PowerFlowException.class, () -> surveyor(LONG).survey(Circuits.small()));
    assertTrue(Thread.interrupted());
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
