package ndoe.controller.cli;

import java.nio.file.Path;
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

  Path path() {
    Path reference = Path.of("feeders", "ieee33", "ieee33-improved.yaml");
    return file == null ? Ndoe.home().resolve(reference) : file;
  }
}
