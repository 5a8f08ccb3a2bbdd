package ndoe.controller.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;

/** What a command answered. */
record Spoken(int exitCode, String out, String err) {

  /** Runs one in this process. */
  static Spoken by(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Ndoe.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    int exitCode =
        command.execute(Arrays.stream(words).map(String::valueOf).toArray(String[]::new));
    return new Spoken(exitCode, out.toString(), err.toString());
  }

  /** The line that holds a text; the whole answer if none does. */
  String line(String text) {
    return out.lines().filter(line -> line.contains(text)).findFirst().orElse(out + err);
  }
}
