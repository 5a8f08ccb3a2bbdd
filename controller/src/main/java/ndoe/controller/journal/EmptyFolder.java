package ndoe.controller.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder for a result, so that no earlier result is overwritten. */
public final class EmptyFolder {
  private EmptyFolder() {}

  /**
   * Makes the folder if it is not there.
   *
   * @throws RunFolderException if it holds anything or cannot be made
   */
  public static Path at(Path folder) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new RunFolderException(
              folder + " is not empty: name a folder that is empty or does not exist yet");
        }
      }
    } catch (IOException e) {
      throw RunFolderException.writing(folder, e);
    }
    return folder;
  }
}
