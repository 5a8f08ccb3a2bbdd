package ndoe.controller.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Where SQLite’s native library is unpacked: if the system property {@code ndoe.native} names a
 * folder, once in there, so that processes that are killed leave no copies behind; else each
 * process has one of its own in the folder for temporary files.
 */
final class SqliteLibrary {
  private static final String KEPT_PROPERTY = "ndoe.native";
  private static final String LIBRARY_FOLDER = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /** Comes before the first connection; may come again. */
  static synchronized void prepare() {
    String kept = System.getProperty(KEPT_PROPERTY, "");
    if (kept.isEmpty() || System.getProperty(LIBRARY_FOLDER) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    Path folder = Path.of(kept).resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
    Path library = folder.resolve(name);
    try {
      if (!Files.exists(library)) {
        unpack(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name, library);
      }
    } catch (IOException e) {
      throw RunFolderException.writing(library, e);
    }
    System.setProperty(LIBRARY_FOLDER, folder.toString());
  }

  /** Under another name first, so that no other process sees a part of it. */
  private static void unpack(String resource, Path library) throws IOException {
    try (InputStream stream = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (stream == null) {
        return; // SQLite says itself that it has nothing for this platform
      }
      Files.createDirectories(library.getParent());
      Path part = Files.createTempFile(library.getParent(), "part-", ".tmp");
      Files.copy(stream, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, library, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
