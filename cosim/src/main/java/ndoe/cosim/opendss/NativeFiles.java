package ndoe.cosim.opendss;

import com.sun.jna.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ndoe.cosim.powerflow.PowerFlowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native files of one platform, with the hash each must have. They need one another, so all are
 * put into one folder under the names they were built with.
 *
 * @param platform as JNA names it, for example {@code linux-x86-64}
 * @param sha256 of each file, by file name
 */
record NativeFiles(String platform, Map<String, String> sha256) {
  private static final Logger LOG = LoggerFactory.getLogger(NativeFiles.class);
  private static final String HASHES = "native.sha256";
  private static final String FOLDER_PREFIX = "ndoe-opendss-";

  NativeFiles {
    sha256 = Map.copyOf(sha256);
  }

  /** Those of the platform this runs on. */
  static NativeFiles ofThisPlatform() {
    return of(Platform.RESOURCE_PREFIX);
  }

  static NativeFiles of(String platform) {
    Map<String, String> files = new LinkedHashMap<>();
    Set<String> known = new TreeSet<>();
    try (InputStream stream = NativeFiles.class.getResourceAsStream(HASHES);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] hashAndFile = line.split(" +", 2);
        String[] platformAndName = hashAndFile[1].split("/", 2);
        known.add(platformAndName[0]);
        if (platformAndName[0].equals(platform)) {
          files.put(platformAndName[1], hashAndFile[0]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (files.isEmpty()) {
      throw new PowerFlowException(
          "OpenDSS is not available for platform %s; it is for %s".formatted(platform, known));
    }
    return new NativeFiles(platform, files);
  }

  /** Writes the files into a new folder that only this user can read, and returns the engine's. */
  Path unpack() {
    try {
      deleteLeftOvers();
      Path folder = Files.createTempDirectory(FOLDER_PREFIX);
      try {
        Path engine = null;
        for (Map.Entry<String, String> file : sha256.entrySet()) {
          Path target = folder.resolve(file.getKey());
          unpack(file.getKey(), file.getValue(), target);
          if (file.getKey().contains("dss_capi")) {
            engine = target;
          }
        }
        return engine;
      } catch (IOException | RuntimeException e) {
        delete(folder);
        throw e;
      }
    } catch (IOException e) {
      throw new PowerFlowException(
          "the OpenDSS library could not be unpacked into %s: %s; choose another folder with"
                  .formatted(System.getProperty("java.io.tmpdir"), e)
              + " -Djava.io.tmpdir=FOLDER",
          e);
    }
  }

  private void unpack(String name, String expectedSha256, Path target) throws IOException {
    MessageDigest digest = sha256Digest();
    try (InputStream stream = NativeFiles.class.getResourceAsStream("/" + platform + "/" + name)) {
      if (stream == null) {
        throw new PowerFlowException(
            "this build holds no OpenDSS library for %s (%s is missing); build it on this machine"
                .formatted(platform, name));
      }
      Files.copy(new DigestInputStream(stream, digest), target);
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(expectedSha256)) {
      throw new PowerFlowException(
          "%s is not the file it should be: SHA-256 is %s, must be %s"
              .formatted(name, found, expectedSha256));
    }
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes what is not needed any more once loaded; Windows keeps loaded files until the end. */
  static void delete(Path folder) throws IOException {
    if (Platform.isWindows() && Files.exists(folder.resolve("dss_capi.dll"))) {
      return;
    }
    deleteAll(folder);
  }

  private static void deleteAll(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  /** Earlier processes on Windows could not delete their own. */
  private static void deleteLeftOvers() throws IOException {
    if (!Platform.isWindows()) {
      return;
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, FOLDER_PREFIX + "*")) {
      for (Path folder : folders) {
        try {
          deleteAll(folder);
        } catch (IOException e) {
          LOG.debug("still in use: {}", folder, e);
        }
      }
    }
  }
}
