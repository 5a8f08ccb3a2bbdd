package ndoe.cosim.binding;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one native library for one platform, with the hash each must have. They need one
 * another, so all are put into one folder under the names they were built with.
 *
 * @param library whose files these are
 * @param platform as JNA names it, for example {@code linux-x86-64}
 * @param sha256 of each file, by file name
 */
public record NativeFiles(Library library, String platform, Map<String, String> sha256) {
  private static final Logger LOG = LoggerFactory.getLogger(NativeFiles.class);
  private static final String HASHES = "native.sha256";
  private static final String FOLDER_PREFIX = "ndoe-native-";

  /** Names a folder in which unpacked files are kept for the next process. */
  public static final String KEPT_PROPERTY = "ndoe.native";

  public NativeFiles {
    sha256 = Map.copyOf(sha256);
  }

  /**
   * A library this build carries.
   *
   * @param name as people know it
   * @param binding the class that maps it, beside whose resources {@code native.sha256} lists the
   *     files of every platform
   * @param mainFile part of the name of the file to be loaded, which finds the others itself
   */
  public record Library(String name, Class<?> binding, String mainFile) {}

  /**
   * Those of the platform this runs on.
   *
   * @throws NativeLibraryException if there are none
   */
  public static NativeFiles ofThisPlatform(Library library) {
    return of(library, Platform.RESOURCE_PREFIX);
  }

  /**
   * Those of a platform.
   *
   * @throws NativeLibraryException if there are none, naming the platforms there are
   */
  public static NativeFiles of(Library library, String platform) {
    Map<String, String> files = new LinkedHashMap<>();
    Set<String> known = new TreeSet<>();
    try (InputStream stream = library.binding().getResourceAsStream(HASHES);
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
      throw new NativeLibraryException(
          "%s is not available for platform %s; it is for %s"
              .formatted(library.name(), platform, known));
    }
    return new NativeFiles(library, platform, files);
  }

  /**
   * Where the library’s file is: in a new folder that only this user can read and that is to be
   * deleted once loaded or, if the system property {@code ndoe.native} names a folder, kept in
   * there. What is kept was checked when it was unpacked and is trusted like the program beside it;
   * checking it again would take longer than everything else a short command does.
   *
   * @throws NativeLibraryException if a file is missing, is another, or cannot be written
   */
  public Unpacked unpack() {
    String kept = System.getProperty(KEPT_PROPERTY, "");
    try {
      return kept.isEmpty() ? new Unpacked(unpackAnew(), true) : keptIn(Path.of(kept));
    } catch (IOException e) {
      throw new NativeLibraryException(
          "the %s library could not be unpacked into %s: %s; choose another folder with -D%s=FOLDER"
              .formatted(
                  library.name(),
                  kept.isEmpty() ? System.getProperty("java.io.tmpdir") : kept,
                  e,
                  kept.isEmpty() ? "java.io.tmpdir" : KEPT_PROPERTY),
          e);
    }
  }

  /** Writes the files into a new folder, to be deleted by the caller. */
  public Path unpackAnew() throws IOException {
    return into(Files.createTempDirectory(FOLDER_PREFIX));
  }

  /**
   * Files ready to be loaded.
   *
   * @param main the file to be loaded
   * @param forThisProcess whether they are to be deleted once loaded
   */
  public record Unpacked(Path main, boolean forThisProcess) {

    /** Deletes what only this process needed, now that it is loaded. */
    public void loaded() {
      if (forThisProcess) {
        try {
          delete(main.getParent());
        } catch (IOException e) {
          LOG.debug("left behind: {}", main.getParent(), e);
        }
      }
    }
  }

  /** Unpacked under another name first, so that no other process sees a part of them. */
  private Unpacked keptIn(Path home) throws IOException {
    Path folder = home.resolve(sha256.get(mainName()));
    Path main = folder.resolve(mainName());
    if (Files.exists(main)) {
      return new Unpacked(main, false);
    }
    Files.createDirectories(home);
    Path unpacked = into(Files.createTempDirectory(home, FOLDER_PREFIX));
    try {
      Files.move(unpacked.getParent(), folder, StandardCopyOption.ATOMIC_MOVE);
      return new Unpacked(main, false);
    } catch (IOException alreadyThere) {
      LOG.debug("another process was faster: {}", folder, alreadyThere);
      return new Unpacked(unpacked, true);
    }
  }

  private String mainName() {
    return sha256.keySet().stream()
        .filter(name -> name.contains(library.mainFile()))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the library’s file; leaves nothing behind when a file is not what it should be. */
  private Path into(Path folder) throws IOException {
    deleteLeftOvers(folder);
    try {
      for (Map.Entry<String, String> file : sha256.entrySet()) {
        unpack(file.getKey(), file.getValue(), folder.resolve(file.getKey()));
      }
      return folder.resolve(mainName());
    } catch (IOException | RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  private void unpack(String name, String expectedSha256, Path target) throws IOException {
    MessageDigest digest = sha256Digest();
    try (InputStream stream = NativeFiles.class.getResourceAsStream("/" + platform + "/" + name)) {
      if (stream == null) {
        throw new NativeLibraryException(
            "this build holds no %s library for %s (%s is missing); build it on this machine"
                .formatted(library.name(), platform, name));
      }
      Files.copy(new DigestInputStream(stream, digest), target);
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(expectedSha256)) {
      throw new NativeLibraryException(
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
  public static void delete(Path folder) throws IOException {
    if (!Platform.isWindows()) {
      deleteAll(folder);
    }
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
