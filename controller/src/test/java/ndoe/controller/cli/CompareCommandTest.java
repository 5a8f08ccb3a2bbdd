package ndoe.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import ndoe.controller.ReferenceDay;
import ndoe.controller.journal.SyntheticDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {
  @TempDir Path temp;

  private final StringWriter err = new StringWriter();

  private int compare(Object... arguments) {
    CommandLine command = Ndoe.commandLine();
    command.setOut(new PrintWriter(new StringWriter(), true));
    command.setErr(new PrintWriter(err, true));
    String[] words = new String[arguments.length + 1];
    words[0] = "compare";
    for (int i = 0; i < arguments.length; i++) {
      words[i + 1] = arguments[i].toString();
    }
    return command.execute(words);
  }

  @Test
  void namesTheCasesItKnowsWhenOneIsNotKnown() {
    Path out = temp.resolve("out");

    assertEquals(2, compare(ReferenceDay.FILE, "--out", out, "--cases", "dso,nobody"));

    assertTrue(err.toString().contains("\"nobody\" is not one of [nop2p, p2p, static, dso,"));
    assertFalse(Files.exists(out));
  }

  @Test
  void touchesNoFolderThatIsInUse() throws IOException {
    Files.writeString(temp.resolve("notes.txt"), "precious");

    assertEquals(2, compare(ReferenceDay.FILE, "--out", temp));

    assertTrue(err.toString().contains("is not empty"), err.toString());
    assertEquals("precious", Files.readString(temp.resolve("notes.txt")));
  }

  @Test
  void refusesLessThanNoRandomPoints() {
    assertEquals(2, compare("--out", temp.resolve("out"), "--random-points", -1));

    assertTrue(err.toString().contains("--random-points must be at least 0: -1"));
  }

  @Test
  void putsRunsSideBySide() throws IOException {
    Path out = temp.resolve("out");
    Path one = SyntheticDay.reference().negotiated(temp);
    Path other = SyntheticDay.reference().negotiated(temp);

    assertEquals(0, compare(one, other, "--out", out), err.toString());

    assertTrue(Files.readString(out.resolve("compare.html")).contains("<h1>2 runs</h1>"));
    assertEquals(3, Files.readAllLines(out.resolve("compare.csv")).size());
  }

  @Test
  void saysWhatIsWrongWithRunsThatCannotBeCompared() {
    Path out = temp.resolve("out");
    Path run = SyntheticDay.reference().negotiated(temp);

    assertEquals(2, compare(run, "--out", out));
    assertEquals(2, compare(run, ReferenceDay.FILE, "--out", out));
    assertEquals(2, compare(run, run, "--cases", "dso", "--out", out));
    assertEquals(2, compare(ReferenceDay.FILE, ReferenceDay.FILE, "--out", out));

    String said = err.toString();
    assertTrue(said.contains("one run folder is nothing to compare: give two or more"), said);
    assertTrue(said.contains(ReferenceDay.FILE + " is not a run folder, and the others are"), said);
    assertTrue(said.contains("--cases is for the cases of a scenario"), said);
    assertTrue(said.contains("give one scenario file, or two or more run folders"), said);
    assertFalse(Files.exists(out));
  }
}
