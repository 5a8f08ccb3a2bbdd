package ndoe.controller.check;

import java.nio.file.Path;
import java.util.List;
import ndoe.feeders.InvalidInputException.Problem;

/**
 * What became of one file.
 *
 * @param kind what it is, with its article
 * @param problems why it cannot be used; empty when it can
 * @param warnings what can be used but will surprise
 * @param summary what it asks for, one line each; empty when there are problems
 */
public record Checked(
    Path file, String kind, List<Problem> problems, List<String> warnings, List<String> summary) {
  public Checked {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
    summary = List.copyOf(summary);
  }

  static Checked refused(Path file, String kind, List<Problem> problems) {
    return new Checked(file, kind, problems, List.of(), List.of());
  }

  static Checked refused(Path file, String kind, String message) {
    return refused(file, kind, List.of(new Problem(file, 0, "", message)));
  }

  /** Whether the file can be used. */
  public boolean isUsable() {
    return problems.isEmpty();
  }
}
