package ndoe.controller.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** What a command prints while it works: a line at a time, each seen at once. */
record Printout(PrintWriter out) {

  static Printout of(CommandSpec command) {
    return new Printout(command.commandLine().getOut());
  }

  /** A line; without arguments it is taken as it is. */
  void say(String format, Object... arguments) {
    out.println(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
