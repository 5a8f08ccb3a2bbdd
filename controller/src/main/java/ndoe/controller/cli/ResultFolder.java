package ndoe.controller.cli;

import java.nio.file.Path;
import ndoe.controller.journal.EmptyFolder;
import picocli.CommandLine.Option;

/** The folder a command puts its result in, for commands that make one. */
final class ResultFolder {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the result; must be empty or not there yet.")
  private Path out;

  Path path() {
    return out;
  }

  /** Makes it before anything starts. */
  Path open() {
    return Ndoe.opened(() -> EmptyFolder.at(out));
  }
}
