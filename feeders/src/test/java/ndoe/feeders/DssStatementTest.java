package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine is told of a statement, and which statements it never sees. */
class DssStatementTest {
  private static final String BEFORE =
      "New Circuit.c basekv=10\nSet VoltageBases=[10]\nNew Line.a bus1=x bus2=y\n";

  @TempDir private Path folder;

  /** What becomes of the statements after those of a small circuit. */
  private List<String> kept(String statements) throws IOException {
    Problems problems = new Problems();
    Path master = Files.writeString(folder.resolve("master.dss"), BEFORE + statements);
    var circuit = MasterFile.read(master, problems);
    problems.throwIfAny();
    List<String> texts =
        circuit.orElseThrow().statements().stream().map(CircuitScript.Statement::text).toList();
    return texts.subList(3, texts.size());
  }

  private InvalidInputException.Problem refused(String statement) {
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> kept(statement), statement);
    assertEquals(1, refused.problems().size(), refused::getMessage);
    return refused.problems().get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          new object=LINE.b Bus1=x, BUS2 = "y.1"   | New LINE.b bus1=[x] bus2=[y.1]
          Edit Line.a length=(2 3 *)               | Edit Line.a length=[2 3 *]
          Line.a.length=2 units=km                 | Edit Line.a length=[2] units=[km]
          Line.a.r1 = {0.1}                        | Edit Line.a r1=[0.1]
          New Line.b.c bus1=x bus2=z               | New Line.b.c bus1=[x] bus2=[z]
          Edit Line.a LEN=3 normamp=9              | Edit Line.a length=[3] normamps=[9]
          Open Line.a 1                            | open Line.a 1
          close Line.a term=2 cond=1               | close Line.a term=2 cond=1
          Disable Line.a                           | disable Line.a
          Set DefaultBaseFrequency=60 tolerance=1  | Set defaultbasefrequency=[60]
          Set EarthModel=Carson                    | Set earthmodel=[carson]
          New Load.l kW=3 daily=residential        | New Load.l kw=[3]
          Edit Vsource.SOURCE pu=1.02              | Edit Vsource.SOURCE pu=[1.02]
          Edit Circuit.c pu=1.02                   | Edit Circuit.c pu=[1.02]
          """)
  void writesTheNetworkAnew(String statement, String told) throws IOException {
    assertEquals(
        List.of(told.toLowerCase(Locale.ROOT)),
        kept(statement).stream().map(text -> text.toLowerCase(Locale.ROOT)).toList());
  }

  @Test
  void keepsBracketsInsideQuotationMarks() throws IOException {
    assertEquals(
        List.of("Edit Line.a rmatrix=\"[1 | 0 1]\""), kept("Edit Line.a rmatrix=\"[1 | 0 1]\""));
  }

  @Test
  void joinsContinuations() throws IOException {
    assertEquals(
        List.of("New Transformer.t phases=[1] wdg=[1] bus=[x.1] wdg=[2] bus=[y.1]"),
        kept("New Transformer.t phases=1\n~ wdg=1 bus=x.1\nMore wdg=2 bus=y.1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "! Redirect /etc/passwd",
        "// export voltages",
        "/* a block\nExport voltages\n*/",
        "Clear",
        "Solve",
        "CalcVoltageBases",
        "BusCoords coordinates.csv",
        "New LoadShape.s npts=24 interval=1 csvfile=/etc/passwd",
        "Edit LoadShape.s npts=2",
        "LoadShape.s.mult=(file=/etc/passwd)",
        "New Monitor.m element=Line.a terminal=1",
        "New Spectrum.s numharm=1",
        "Set Mode=Snapshot ControlMode=Static",
        "Set Tolerance=1e-8 MaxIterations=100 MaxControlIter=100 Algorithm=Newton",
      })
  void leavesOutWhatOnlyAStudyNeeds(String statement) throws IOException {
    assertEquals(List.of(), kept(statement));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          DOScmd rm -r x                  | DOScmd is not allowed; allowed are New, Edit
          Export voltages                 | Export is not allowed; allowed are
          Show voltages                   | Show is not allowed; allowed are
          Save circuit                    | Save is not allowed; allowed are
          Plot profile                    | Plot is not allowed; allowed are
          cd /                            | cd is not allowed; allowed are
          Var @a=1                        | Var is not allowed; allowed are
          ? Line.a.bus1                   | ? is not allowed; allowed are
          "New Line.z bus1=a"             | is not allowed; allowed are
          x=a.b                           | is not allowed; allowed are
          a.b=c                           | is not allowed; allowed are
          Set datapath=/tmp               | allowed are VoltageBases, DefaultBaseFrequency
          Set loadmult=2                  | allowed are VoltageBases, DefaultBaseFrequency
          Set mode=daily                  | ControlMode and Mode=Snapshot
          Set 5                           | allowed are VoltageBases
          Set VoltageBases="1] datapath=[/tmp" | allowed are numbers
          Set EarthModel="Deri] mode=[daily"   | allowed are Carson, FullCarson and Deri
          New Circuit.d basekv=10         | a second circuit; allowed is one
          New PVSystem.p bus1=x           | not an element of a class that is allowed: capacitor,
          New Storage.s bus1=x            | belong into the scenario
          New Line                        | not an element of a class that is allowed
          New                             | names nothing; needed is Class.Name
          New Line.                       | needed is a name of at most 120 letters A to Z
          New "Line.a b"                  | needed is a name of at most 120 letters A to Z
          New Line.é                      | needed is a name of at most 120 letters A to Z
          Edit Line.a x                   | needed is property=value
          Edit Line.a colour=red          | not a property that is allowed: bus1, bus2, linecode
          Edit Line.a r=1                 | not a property that is allowed
          Edit Line.a "r1 x1"=1           | not a property that is allowed
          New CapControl.k UserModel=x.so | not a property that is allowed
          New CapControl.k userm=x.so     | not a property that is allowed
          New CapControl.k "!usermodel"=x | not a property that is allowed
          New RegControl.k debugtrace=yes | not a property that is allowed
          New RegControl.k debug=yes      | not a property that is allowed
          New EnergyMeter.m action=save   | not a property that is allowed
          New Load.l csvfile=x            | not a property that is allowed
          Edit Line.a ratings=[file=/etc/passwd]   | allowed are letters, digits
          Edit Line.a ratings=[dbl=/etc/passwd]    | allowed are letters, digits
          Edit Line.a ratings=("s" = /etc/passwd)  | allowed are letters, digits
          Edit Line.a bus1=@lastfile      | allowed are letters, digits
          Edit Line.a units='a"b'         | allowed are letters, digits
          Edit Line.a units=ä             | allowed are letters, digits
          Edit Line.a phases=1000         | found 1000; allowed is a whole number from 1 to 3
          Edit Line.a phas=1000           | found 1000; allowed is a whole number from 1 to 3
          Edit Line.a phases=-1           | found -1; allowed is a whole number from 1 to 3
          Edit Line.a phases=[1 99 *]     | allowed is a whole number from 1 to 3
          Edit Line.a seasons=2000000000  | allowed is a whole number from 1 to 99
          New Transformer.t windings=1    | found 1; allowed is a whole number from 2 to 12
          Edit Line.a bus1=x.-1           | found x.-1; allowed is a bus such as 671 or 671.1.2
          Edit Line.a bus1=.-1            | found .-1; allowed is a bus
          Edit Line.a bus1=""             | allowed is a bus
          Edit Line.b length=2            | no such element so far; did you mean line.a?
          Line.b.length=2                 | no such element so far
          Close Line.b                    | no such element so far
          Edit Load.l kW=3                | no such element so far
          Open Line.a x                   | allowed after it are the numbers
          Open Line.a "1 2"=3             | allowed after it are the numbers
          Open Line.a 1 2 3               | allowed after it are the numbers
          """)
  void refuses(String statement, String message) {
    InvalidInputException.Problem problem = refused(statement);
    assertEquals(folder.resolve("master.dss"), problem.file());
    assertEquals(4, problem.line());
    assertTrue(problem.message().contains(message), problem::toString);
  }

  @Test
  void namesTheKey() {
    assertEquals("phases", refused("Edit Line.a phases=1000").key());
    assertEquals("capcontrol.usermodel", refused("New CapControl.k usermodel=x").key());
    assertEquals("Set datapath", refused("Set datapath=/tmp").key());
    assertEquals("PVSystem.p", refused("New PVSystem.p").key());
  }

  @Test
  void namesTheLineOfAContinuation() {
    assertEquals(6, refused("New Transformer.t phases=1\n~ wdg=1\n~ wdg=99").line());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u0007", "\u000b", "\f", "\u0085", "\u2028", "\u202e"})
  void refusesCharactersThatCouldEndALine(String odd) {
    for (String statement :
        List.of(
            "Edit Line.a units=[m" + odd + "Redirect]",
            "Edit Line.a \"le" + odd + "ngth\"=1",
            "Set VoltageBases=[1" + odd + "Redirect]",
            "New \"Line.b" + odd + "c\" bus1=x",
            "\"Redir" + odd + "ect\" x")) {
      String message = refused(statement).toString();
      assertTrue(message.chars().noneMatch(Character::isISOControl), message);
      assertEquals(-1, message.indexOf(odd), message);
    }
  }

  @Test
  void refusesElementsBeforeTheCircuit() throws IOException {
    Problems problems = new Problems();
    Path master =
        Files.writeString(folder.resolve("early.dss"), "New Line.a bus1=x bus2=y\n" + BEFORE);
    MasterFile.read(master, problems);
    assertTrue(
        assertThrows(InvalidInputException.class, problems::throwIfAny)
            .getMessage()
            .contains("early.dss:1: Line.a: comes before New Circuit"));
  }

  @Test
  void bearsVeryLongLines() {
    String tail = ".1".repeat(2_000_000);
    assertTrue(refused("Edit Line.a bus1=x" + tail).message().length() < 500);
    assertTrue(refused("New Line." + tail).message().length() < 500);
    assertTrue(refused(tail).message().length() < 500);
    assertTrue(refused("Edit Line.a " + "x".repeat(5_000_000) + "=1").key().length() < 200);
    assertTrue(
        refused("Edit Line.a ratings=[" + "1 ".repeat(2_000_000) + "]").message().length() < 500);
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    InvalidInputException refused =
        assertThrows(
            InvalidInputException.class,
            () -> kept("Edit Line.a phases=9 bus1=.-1 colour=red\nExport voltages"));
    assertEquals(4, refused.problems().size(), refused::getMessage);
    assertArrayEquals(
        new int[] {4, 4, 4, 5},
        refused.problems().stream().mapToInt(InvalidInputException.Problem::line).toArray());
  }
}
