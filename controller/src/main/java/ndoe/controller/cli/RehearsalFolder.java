package ndoe.controller.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ndoe.controller.journal.EmptyFolder;
import ndoe.controller.journal.RunFolderException;
import picocli.CommandLine.Option;

/** Where a rehearsal keeps its runs. */
final class RehearsalFolder {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the runs are kept; a folder for temporary files if absent.")
  private Path out;

  /** An empty folder that exists. */
  Path open() {
    return Ndoe.opened(
        () -> {
          try {
            return out == null
                ? Files.createTempDirectory("ndoe-rehearsal-")
                : Files.createDirectories(EmptyFolder.at(out));
          } catch (IOException e) {
            throw new RunFolderException("no folder for the runs: " + e.getMessage(), e);
          }
        });
  }
}
