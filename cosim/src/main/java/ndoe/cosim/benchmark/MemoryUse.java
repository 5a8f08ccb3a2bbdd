package ndoe.cosim.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Memory of this process.
 *
 * @param solutions found until then
 * @param residentKb what the process holds in memory, kB; empty where the system does not say
 * @param heapKb what the Java heap holds after garbage collection, kB
 */
public record MemoryUse(long solutions, OptionalLong residentKb, long heapKb) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final int BYTES_PER_KB = 1024;

  static MemoryUse now(long solutions) {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long heapKb = (runtime.totalMemory() - runtime.freeMemory()) / BYTES_PER_KB;
    try {
      List<String> status = Files.exists(STATUS) ? Files.readAllLines(STATUS) : List.of();
      return new MemoryUse(solutions, residentKb(status), heapKb);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds the resident set in what Linux says about a process. */
  static OptionalLong residentKb(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(RESIDENT))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst();
  }
}
