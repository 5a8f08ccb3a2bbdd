package ndoe.feeders;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Splits an OpenDSS script into commands with their parameters, and knows nothing of either. */
final class DssScript {
  private static final String OPENING = "\"'([{";
  private static final String CLOSING = "\"')]}";

  private final List<Command> commands = new ArrayList<>();
  private final ProblemAt problems;
  private boolean inBlockComment;

  private DssScript(ProblemAt problems) {
    this.problems = problems;
  }

  /** Commands of a script in order; what cannot be split is told to {@code problems}. */
  static List<Command> commands(List<String> lines, ProblemAt problems) {
    DssScript script = new DssScript(problems);
    for (int i = 0; i < lines.size(); i++) {
      script.readLine(i + 1, lines.get(i));
    }
    return script.commands;
  }

  private void readLine(int number, String line) {
    if (inBlockComment || line.startsWith("/*")) {
      inBlockComment = !line.contains("*/");
      return;
    }
    List<Parameter> parameters = parameters(number, line);
    if (parameters.isEmpty()) {
      return;
    }
    Parameter first = parameters.get(0);
    String verb = first.name().isEmpty() ? first.value().toLowerCase(Locale.ROOT) : "";
    List<Parameter> rest = parameters.subList(1, parameters.size());
    if (verb.equals("~") || verb.equals("more") || verb.equals("m")) {
      if (commands.isEmpty()) {
        problems.add(number, "", "a continuation without a command before it");
      } else {
        commands.get(commands.size() - 1).parameters().addAll(rest);
      }
    } else {
      String text = first.name().map(name -> name + "=" + first.value()).orElse(first.value());
      commands.add(new Command(number, text, new ArrayList<>(rest)));
    }
  }

  private List<Parameter> parameters(int number, String line) {
    List<Parameter> parameters = new ArrayList<>();
    Cursor cursor = new Cursor(number, line);
    for (cursor.skip(); !cursor.atEnd(); cursor.skip()) {
      String token = cursor.token();
      if (cursor.accept('=')) {
        parameters.add(new Parameter(number, Optional.of(token), cursor.token()));
      } else {
        parameters.add(new Parameter(number, Optional.empty(), token));
      }
    }
    return parameters;
  }

  /** A command; continuation lines have added to its parameters. */
  record Command(int line, String verb, List<Parameter> parameters) {}

  /** A value, with or without its name; quotes and brackets are taken off. */
  record Parameter(int line, Optional<String> name, String value) {}

  /** Takes what is wrong with a line of the script. */
  interface ProblemAt {
    void add(int line, String key, String message);
  }

  /** A place in a line; a comment is the end of the line. */
  private final class Cursor {
    private final int number;
    private final String line;
    private int at;

    Cursor(int number, String line) {
      this.number = number;
      this.line = line;
    }

    boolean atEnd() {
      return at >= line.length() || line.charAt(at) == '!' || line.startsWith("//", at);
    }

    void skip() {
      while (!atEnd() && (Character.isWhitespace(line.charAt(at)) || line.charAt(at) == ',')) {
        at++;
      }
    }

    boolean accept(char wanted) {
      int kept = at;
      while (!atEnd() && Character.isWhitespace(line.charAt(at))) {
        at++;
      }
      if (!atEnd() && line.charAt(at) == wanted) {
        at++;
        while (!atEnd() && Character.isWhitespace(line.charAt(at))) {
          at++;
        }
        return true;
      }
      at = kept;
      return false;
    }

    String token() {
      if (atEnd()) {
        problems.add(number, "", "the line ends where a value is needed");
        return "";
      }
      int bracket = OPENING.indexOf(line.charAt(at));
      return bracket >= 0 ? quoted(CLOSING.charAt(bracket)) : bare();
    }

    private String quoted(char closing) {
      int end = line.indexOf(closing, at + 1);
      if (end < 0) {
        problems.add(number, "", "%s is never closed".formatted(line.charAt(at)));
        end = line.length();
      }
      String token = line.substring(at + 1, end);
      at = end + 1;
      return token.strip();
    }

    private String bare() {
      int begin = at;
      while (!atEnd() && " \t,=".indexOf(line.charAt(at)) < 0) {
        at++;
      }
      if (at == begin) {
        problems.add(number, "", "%s stands where a value is needed".formatted(line.charAt(at)));
        at++;
      }
      return line.substring(begin, at);
    }
  }
}
