package ndoe.feeders;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A circuit in OpenDSS’s own language, in one piece and free of everything that touches files,
 * loads code or leaves the engine’s snapshot mode.
 */
public record CircuitScript(String name, List<Statement> statements, List<Path> files) {
  public CircuitScript {
    statements = List.copyOf(statements);
    files = List.copyOf(files);
  }

  /** A statement, where it stood and how the engine is told; on one line. */
  public record Statement(Path file, int line, String text) {}

  /** The same with one more statement at its end. */
  CircuitScript with(String text) {
    List<Statement> more = new ArrayList<>(statements);
    more.add(new Statement(files.get(0), 0, text));
    return new CircuitScript(name, more, files);
  }

  /** The whole text for the engine. */
  public String script() {
    return statements.stream().map(Statement::text).collect(Collectors.joining("\n", "", "\n"));
  }
}
