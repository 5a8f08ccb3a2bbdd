package ndoe.controller.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Keeps the scenario file and says which files it named, as {@code sha256sum --check} reads it from
 * the scenario’s own folder.
 */
final class ScenarioCopy {
  private ScenarioCopy() {}

  /** Returns the scenario file’s SHA-256, hexadecimal. */
  static String keep(Path folder, Path scenarioFile, List<Path> namedFiles) {
    Path copy = folder.resolve(String.valueOf(scenarioFile.getFileName()));
    try {
      Files.createDirectories(folder);
      Files.copy(scenarioFile, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw RunFolderException.writing(copy, e);
    }
    AtomicFile.write(folder.resolve("SHA256SUMS"), sums(scenarioFile, namedFiles));
    return Sha256.of(scenarioFile);
  }

  /** A line with hash and name for the scenario file and every file it names. */
  static String sums(Path scenarioFile, List<Path> namedFiles) {
    Path home = scenarioFile.toAbsolutePath().getParent();
    StringBuilder sums = new StringBuilder();
    sums.append(Sha256.of(scenarioFile)).append("  ").append(scenarioFile.getFileName());
    sums.append('\n');
    for (Path file : namedFiles) {
      sums.append(Sha256.of(file)).append("  ").append(shown(home, file)).append('\n');
    }
    return sums.toString();
  }

  private static String shown(Path home, Path file) {
    return home.relativize(file.toAbsolutePath()).normalize().toString().replace('\\', '/');
  }
}
