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
}
