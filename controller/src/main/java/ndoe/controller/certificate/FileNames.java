package ndoe.controller.certificate;

import java.nio.file.Path;

/** Names of files as a certificate holds them. */
final class FileNames {
  private FileNames() {}

  /** The folder of a file that may be named without one. */
  static Path folderOf(Path file) {
    return file.toAbsolutePath().normalize().getParent();
  }

  /** Relative where there is a way, with slashes. */
  static String seenFrom(Path folder, Path file) {
    Path from = folder.toAbsolutePath().normalize();
    Path to = file.toAbsolutePath().normalize();
    boolean reachable = from.getRoot().equals(to.getRoot());
    return (reachable ? from.relativize(to) : to).toString().replace('\\', '/');
  }
}
