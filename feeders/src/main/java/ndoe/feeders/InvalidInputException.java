package ndoe.feeders;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Input files that cannot be used; carries every problem found, not just the first. */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  public InvalidInputException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  /**
   * One thing wrong with a file.
   *
   * @param line one-based, 0 when the problem has no line
   * @param key where in the file, for example {@code prosumers[2].pv.peak_kw}, or a column
   * @param message the value found and what is allowed
   */
  public record Problem(Path file, int line, String key, String message) {
    @Override
    public String toString() {
      String place = line > 0 ? file + ":" + line : file.toString();
      return key.isEmpty() ? place + ": " + message : place + ": " + key + ": " + message;
    }
  }
}
