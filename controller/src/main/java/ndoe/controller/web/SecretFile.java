package ndoe.controller.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import ndoe.feeders.InvalidInputException;

/** Passwords in a file that nobody else can read. */
final class SecretFile {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private SecretFile() {}

  /**
   * The lines that are not blank.
   *
   * @throws InvalidInputException if it cannot be read, others can read it or it holds nothing
   */
  static List<String> lines(Path file) {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
          && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw problem(file, "others can read or write it: chmod 600 " + file);
      }
      List<String> lines =
          Files.readAllLines(file).stream().map(String::strip).filter(l -> !l.isEmpty()).toList();
      if (lines.isEmpty()) {
        throw problem(file, "holds no password");
      }
      return lines;
    } catch (IOException e) {
      throw problem(file, "cannot be read: " + e);
    }
  }

  static InvalidInputException problem(Path file, String message) {
    return new InvalidInputException(
        List.of(new InvalidInputException.Problem(file, 0, "", message)));
  }
}
