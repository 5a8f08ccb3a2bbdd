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
import java.nio.file.StandardCopyOption;
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

  /** Names a folder in which unpacked files are kept for the next process. */
  static final String KEPT_PROPERTY = "ndoe.native";

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

  /**
   * Where the engine’s file is: in a new folder that only this user can read and that is to be
   * deleted once loaded or, if the system property {@code ndoe.native} names a folder, kept in
   * there. What is kept was checked when it was unpacked and is trusted like the program beside it;
   * checking it again would take longer than everything else a short command does.
   */
  Unpacked unpack() {
    String kept = System.getProperty(KEPT_PROPERTY, "");
    try {
      return kept.isEmpty() ? new Unpacked(unpackAnew(), true) : keptIn(Path.of(kept));
    } catch (IOException e) {
      throw new PowerFlowException(
          "the OpenDSS library could not be unpacked into %s: %s; choose another folder with -D%s=FOLDER"
              .formatted(
                  kept.isEmpty() ? System.getProperty("java.io.tmpdir") : kept,
                  e,
                  kept.isEmpty() ? "java.io.tmpdir" : KEPT_PROPERTY),
          e);
    }
  }

  /** Writes the files into a new folder, to be deleted by the caller. */
  Path unpackAnew() throws IOException {
    return into(Files.createTempDirectory(FOLDER_PREFIX));
  }

  /**
   * Files ready to be loaded.
   *
   * @param forThisProcess whether they are to be deleted once loaded
   */
  record Unpacked(Path engine, boolean forThisProcess) {}

  /** Unpacked under another name first, so that no other process sees a part of them. */
  private Unpacked keptIn(Path home) throws IOException {
    Path folder = home.resolve(sha256.get(engineName()));
    Path engine = folder.resolve(engineName());
    if (Files.exists(engine)) {
      return new Unpacked(engine, false);
    }
    Files.createDirectories(home);
    Path unpacked = into(Files.createTempDirectory(home, FOLDER_PREFIX));
    try {
      Files.move(unpacked.getParent(), folder, StandardCopyOption.ATOMIC_MOVE);
      return new Unpacked(engine, false);
    } catch (IOException alreadyThere) {
      LOG.debug("another process was faster: {}", folder, alreadyThere);
      return new Unpacked(unpacked, true);
    }
  }

  private String engineName() {
    return sha256.keySet().stream()
        .filter(name -> name.contains("dss_capi"))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the engine’s file; leaves nothing behind when a file is not what it should be. */
  private Path into(Path folder) throws IOException {
    deleteLeftOvers(folder);
    try {
      for (Map.Entry<String, String> file : sha256.entrySet()) {
        unpack(file.getKey(), file.getValue(), folder.resolve(file.getKey()));
      }
      return folder.resolve(engineName());
    } catch (IOException | RuntimeException e) {
      delete(folder);
      throw e;
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
  private static void deleteLeftOvers(Path newFolder) throws IOException {
    if (!Platform.isWindows()) {
      return;
    }
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(newFolder.getParent(), FOLDER_PREFIX + "*")) {
      for (Path folder : folders) {
        if (!folder.equals(newFolder)) {
          deleteLeftOver(folder);
        }
      }
    }
  }

  private static void deleteLeftOver(Path folder) {
    try {
      deleteAll(folder);
    } catch (IOException e) {
      LOG.debug("still in use: {}", folder, e);
    }
  }
}
