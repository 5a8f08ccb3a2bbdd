package ndoe.controller.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/** The Java that runs this. */
final class Java {
  private static final int OLDEST = 17;
  private static final long MEBIBYTE = 1 << 20;

  /** What a day with eight prosumers and its report need, with room to spare, MiB. */
  private static final long SMALL_HEAP_MEBIBYTES = 400;

  private Java() {}

  static Finding check(String subject) {
    Runtime runtime = Runtime.getRuntime();
    int version = Runtime.version().feature();
    if (version < OLDEST) {
      return Finding.fail(subject, "%d; needed is 17 or newer: set JAVA_HOME to one", version);
    }
    Path compiler = Path.of(System.getProperty("java.home"), "bin", "javac");
    String found =
        "%s (%s), %s, %s %s, %d processors, heap up to %d MiB"
            .formatted(
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                Files.exists(compiler) ? "JDK" : "JRE, enough to run but not to build",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                runtime.availableProcessors(),
                runtime.maxMemory() / MEBIBYTE);
    return runtime.maxMemory() / MEBIBYTE < SMALL_HEAP_MEBIBYTES
        ? Finding.warn(subject, "%s; small: set NDOE_JAVA_OPTIONS=-Xmx1g", found)
        : Finding.ok(subject, "%s", found);
  }
}
