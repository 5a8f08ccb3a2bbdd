package ndoe.controller.cli;

import java.nio.file.Path;
import java.util.List;
import ndoe.feeders.InvalidInputException;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import picocli.CommandLine.Parameters;

/** The scenario a command works on. */
final class ScenarioArgument {
  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description =
          "Scenario file; the reference day feeders/ieee33/ieee33-improved.yaml if absent.")
  private Path file;

  Scenario read() {
    return ScenarioFile.read(path());
  }

  /**
   * The scenario for a command that needs the network as a tree.
   *
   * @throws InvalidInputException if its feeder is not balanced and radial
   */
  Scenario readBalanced() {
    Scenario scenario = read();
    if (!scenario.feeder().isBalanced()) {
      throw new InvalidInputException(
          List.of(
              new InvalidInputException.Problem(
                  path(), 0, "feeder.model", "this command needs a balanced, radial feeder")));
    }
    return scenario;
  }

  Path path() {
    return orReference(file);
  }

  /** The file, or that of the reference day if there is none. */
  static Path orReference(Path file) {
    Path reference = Path.of("feeders", "ieee33", "ieee33-improved.yaml");
    return file == null ? Ndoe.home().resolve(reference) : file;
  }
}
