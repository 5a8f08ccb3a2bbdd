package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files a circuit is read from, and what a whole one needs. */
class MasterFileTest {
  private static final String SMALLEST = "New Circuit.c basekv=10\nSet VoltageBases=[10]\n";

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectories(temp.resolve("feeder"));
  }

  private Path write(String file, String text) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      return Files.writeString(path, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private CircuitScript read(String master) {
    Problems problems = new Problems();
    var circuit = MasterFile.read(write("master.dss", master), problems);
    problems.throwIfAny();
    return circuit.orElseThrow();
  }

  private List<String> texts(String master) {
    return read(master).statements().stream().map(CircuitScript.Statement::text).toList();
  }

  private String onlyProblem(String master) {
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> read(master), master);
    assertEquals(1, refused.problems().size(), refused::getMessage);
    return refused.getMessage().replace(temp + "/", "");
  }

  @Test
  void readsItsOwnFeeders() {
    for (String feeder : List.of("ieee13", "lowvoltage")) {
      Problems problems = new Problems();
      CircuitScript circuit =
          MasterFile.read(Path.of(feeder, "feeder.dss"), problems).orElseThrow();
      assertEquals(feeder, circuit.name());
      assertEquals(0, problems.count());
    }
  }

  @Test
  void putsRedirectedFilesInPlaceAndRemembersWhereEachStatementStood() {
    Path lines = write("parts/lines.dss", "! lines\nNew Line.a bus1=x bus2=y\nRedirect codes.dss");
    Path codes = write("parts/codes.dss", "New Linecode.k nphases=1");
    CircuitScript circuit =
        read("New Circuit.c basekv=10\nRedirect parts/lines.dss\nSet VoltageBases=[10]");

    Path master = folder.resolve("master.dss");
    assertEquals(
        List.of(
            new CircuitScript.Statement(master, 1, "New Circuit.c basekv=[10]"),
            new CircuitScript.Statement(lines, 2, "New Line.a bus1=[x] bus2=[y]"),
            new CircuitScript.Statement(codes, 1, "New Linecode.k nphases=[1]"),
            new CircuitScript.Statement(master, 3, "Set voltagebases=[10]")),
        circuit.statements());
    assertEquals(List.of(master, lines, codes), circuit.files());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Redirect \"my parts/the lines.dss\"",
        "redirect [my parts/the lines.dss]",
        "Redirect 'my parts\\the lines.dss'",
        "Compile \"my parts/../my parts/the lines.dss\"",
      })
  void takesQuotedNamesAndSeparatorsOfWindows(String redirect) {
    write("my parts/the lines.dss", "New Line.a bus1=x bus2=y");
    assertTrue(texts(SMALLEST + redirect).contains("New Line.a bus1=[x] bus2=[y]"));
  }

  @Test
  void takesAnAbsoluteNameInsideTheFolder() {
    Path lines = write("lines.dss", "New Line.a bus1=x bus2=y");
    assertEquals(3, texts(SMALLEST + "Redirect \"" + lines + "\"").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.dss", "..\\secret.dss", "parts/../../secret.dss", "/dev/zero"})
  void refusesFilesOutsideItsFolder(String name) throws IOException {
    Files.writeString(temp.resolve("secret.dss"), "New Line.a bus1=x bus2=y");
    Files.createDirectories(folder.resolve("parts"));
    assertEquals(
        "feeder/master.dss:3: Redirect: %s is not allowed; allowed is a file in the folder of"
                .formatted(name)
            + " master.dss or below",
        onlyProblem(SMALLEST + "Redirect " + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret.dss", "/dev/zero", "."})
  void refusesLinksThatLeadOutside(String target) throws IOException {
    Path outside = Files.writeString(temp.resolve("secret.dss"), "New Line.a bus1=x bus2=y");
    Files.createSymbolicLink(
        folder.resolve("link.dss"),
        target.equals("secret.dss") ? outside : temp.resolve(target).normalize());
    assertTrue(onlyProblem(SMALLEST + "Redirect link.dss").contains("link.dss is not allowed"));
  }

  @Test
  void refusesADirectoryAndAFileThatIsNotThere() {
    write("parts/lines.dss", "");
    assertTrue(onlyProblem(SMALLEST + "Redirect parts").endsWith("feeder/parts: not a file"));
    assertEquals(
        "feeder/master.dss:3: Redirect: there is no file nothing.dss",
        onlyProblem(SMALLEST + "Redirect nothing.dss"));
    assertEquals(
        "feeder/master.dss:3: Redirect: needed is the name of one file",
        onlyProblem(SMALLEST + "Redirect two files.dss"));
  }

  @Test
  void refusesDevicesAsMaster() {
    Path zero = Path.of("/dev/zero");
    Assumptions.assumeTrue(Files.exists(zero));
    Problems problems = new Problems();
    assertTrue(MasterFile.read(zero, problems).isEmpty());
    assertEquals(1, problems.count());
  }

  @Test
  void refusesACircleWhereItCloses() {
    write("a.dss", "Redirect parts/b.dss");
    write("parts/b.dss", "\nRedirect ../a.dss");
    assertEquals(
        "feeder/parts/b.dss:2: Redirect: ../a.dss is redirected to in a circle",
        onlyProblem(SMALLEST + "Redirect a.dss"));
    assertEquals(
        "feeder/master.dss:3: Redirect: master.dss is redirected to in a circle",
        onlyProblem(SMALLEST + "Redirect master.dss"));
  }

  @Test
  void takesTheSameFileTwiceOneAfterTheOther() {
    write("a.dss", "Edit Vsource.source pu=1.01");
    assertEquals(4, texts(SMALLEST + "Redirect a.dss\nRedirect a.dss").size());
  }

  @Test
  @Timeout(20)
  void endsWhenFilesMultiply() {
    for (int depth = 0; depth < 30; depth++) {
      write(depth + ".dss", "Redirect %1$d.dss\nRedirect %1$d.dss\n".formatted(depth + 1));
    }
    write("30.dss", "Edit Vsource.source pu=1.01");
    assertTrue(
        onlyProblem(SMALLEST + "Redirect 0.dss").contains("allowed are 16 MB and 1000 files"));
  }

  @Test
  @Timeout(20)
  void refusesMoreThanItsMostBytes() {
    String comment = "! " + "x".repeat(9_000_000);
    write("a.dss", comment);
    assertTrue(
        onlyProblem(SMALLEST + "Redirect a.dss\nRedirect a.dss").contains("allowed are 16 MB"));
  }

  @Test
  void refusesWhatIsNotText() throws IOException {
    Files.write(folder.resolve("a.dss"), new byte[] {'!', (byte) 0xff, '\n'});
    assertEquals("feeder/a.dss: not text in UTF-8", onlyProblem(SMALLEST + "Redirect a.dss"));
  }

  @Test
  void namesWhatAWholeCircuitLacks() {
    assertEquals(
        "feeder/master.dss: no New Circuit in the script", onlyProblem("Set VoltageBases=[10]"));
    assertTrue(onlyProblem("New Circuit.c basekv=10").contains("no Set VoltageBases=[…]"));
    Problems problems = new Problems();
    assertTrue(MasterFile.read(folder.resolve("nothing.dss"), problems).isEmpty());
    assertTrue(
        assertThrows(InvalidInputException.class, problems::throwIfAny)
            .getMessage()
            .endsWith("nothing.dss: there is no such file"));
  }

  @Test
  void refusesToSolveAnythingButASnapshot() {
    assertEquals(2, texts(SMALLEST + "Solve\nsolve mode=snapshot").size());
    assertTrue(
        onlyProblem(SMALLEST + "Solve mode=daily").contains("master.dss:3: Solve: found daily"));
  }
}
