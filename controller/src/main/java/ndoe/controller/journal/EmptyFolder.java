package ndoe.controller.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders that results may be put in without touching anything that was there. */
public final class EmptyFolder {
  private EmptyFolder() {}

  /**
   * Makes a folder unless it is there and empty.
   *
   * @throws RunFolderException if it is in use or cannot be made
   */
  public static Path make(Path folder) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new RunFolderException(
              folder + " is not empty: name a folder that is empty or does not exist yet");
        }
      }
      return folder;
    } catch (IOException e) {
      throw RunFolderException.writing(folder, e);
    }
  }
}
