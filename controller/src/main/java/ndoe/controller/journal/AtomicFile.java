package ndoe.controller.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/** Replaces files so that a reader sees the old or the new content, never a part. */
public final class AtomicFile {
  private AtomicFile() {}

  public static void write(Path file, String content) {
    replace(file, next -> writeString(next, content));
  }

  /** Lets {@code writer} fill a file beside {@code file} and then puts it in its place. */
  static void replace(Path file, Consumer<Path> writer) {
    Path next = file.resolveSibling("." + file.getFileName() + ".next");
    try {
      writer.accept(next);
      move(next, file);
    } catch (UncheckedIOException e) {
      throw RunFolderException.writing(file, e.getCause());
    } catch (IOException e) {
      throw RunFolderException.writing(file, e);
    }
  }

  private static void writeString(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw RunFolderException.writing(file, e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
