package ndoe.controller.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Keeps the scenario file and says which files it named, as {@code sha256sum --check} reads it from
 * the scenario’s own folder.
 */
final class ScenarioCopy {
  private static final int BUFFER_BYTES = 1 << 16;

  private ScenarioCopy() {}

  /** Returns the scenario file’s SHA-256, hexadecimal. */
  static String keep(Path folder, Path scenarioFile, List<Path> namedFiles) {
    Path home = scenarioFile.toAbsolutePath().getParent();
    String sha256 = sha256(scenarioFile);
    StringBuilder sums = new StringBuilder();
    sums.append(sha256).append("  ").append(scenarioFile.getFileName()).append('\n');
    for (Path file : namedFiles) {
      sums.append(sha256(file)).append("  ").append(shown(home, file)).append('\n');
    }
    Path copy = folder.resolve(String.valueOf(scenarioFile.getFileName()));
    try {
      Files.createDirectories(folder);
      Files.copy(scenarioFile, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw RunFolderException.writing(copy, e);
    }
    AtomicFile.write(folder.resolve("SHA256SUMS"), sums.toString());
    return sha256;
  }

  private static String shown(Path home, Path file) {
    return home.relativize(file.toAbsolutePath()).normalize().toString().replace('\\', '/');
  }

  private static String sha256(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw RunFolderException.reading(file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
