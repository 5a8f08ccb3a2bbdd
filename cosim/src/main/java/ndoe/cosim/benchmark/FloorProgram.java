package ndoe.cosim.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ndoe.cosim.opendss.MeasuredCircuit;
import ndoe.cosim.opendss.NetworkModel;
import ndoe.cosim.powerflow.PowerFlowException;

/** The same work in C, {@code floor.c}: compiled where there is a compiler, then run. */
final class FloorProgram implements AutoCloseable {
  private final Path folder;
  private final Path program;
  private final Path library;

  /**
   * What the program printed.
   *
   * @param checksum of its first pass
   */
  record Printed(double checksum, SolveTimes times) {}

  private FloorProgram(Path folder, Path program, Path library) {
    this.folder = folder;
    this.program = program;
    this.library = library;
  }

  /**
   * Compiles it into a temporary folder.
   *
   * @return nothing where there is no compiler {@code cc}
   * @throws PowerFlowException if there is one and it fails
   */
  static Optional<FloorProgram> compile(Path source) {
    try {
      Path folder = Files.createTempDirectory("ndoe-floor-");
      Path program = folder.resolve("floor");
      try {
        List<String> command =
            List.of("cc", "-O2", "-ffp-contract=off", "-o", text(program), text(source), "-ldl");
        Optional<Process> compiler = started(command);
        if (compiler.isPresent()) {
          output(compiler.get(), command);
          return Optional.of(new FloorProgram(folder, program, MeasuredCircuit.unpackLibrary()));
        }
      } catch (IOException | RuntimeException e) {
        delete(folder);
        throw e;
      }
      delete(folder);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Process> started(List<String> command) {
    try {
      return Optional.of(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** Solves the circuit of this script, all states so many times. */
  Printed run(String script, NetworkModel model, int passes) {
    try {
      Path file = Files.writeString(folder.resolve("circuit.dss"), script);
      int phases = model == NetworkModel.THREE_PHASE ? 3 : 1;
      List<String> command =
          List.of(
              text(program),
              text(library),
              text(file),
              Integer.toString(phases),
              Integer.toString(passes));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return read(output(process, command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what the program prints.
   *
   * @throws PowerFlowException with the text if it is something else
   */
  static Printed read(List<String> lines) {
    List<Double> times = new ArrayList<>();
    double checksum = Double.NaN;
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "checksum" -> checksum = Double.parseDouble(words[1]);
        case "time" -> times.add(Double.parseDouble(words[1]));
        default -> throw new PowerFlowException("floor.c printed: " + line);
      }
    }
    if (Double.isNaN(checksum) || times.isEmpty()) {
      throw new PowerFlowException("floor.c printed neither checksum nor times: " + lines);
    }
    return new Printed(checksum, new SolveTimes(1, times));
  }

  private static List<String> output(Process process, List<String> command) throws IOException {
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new PowerFlowException(
            "%s ended with %d: %s"
                .formatted(String.join(" ", command), code, String.join("; ", lines)));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new PowerFlowException("interrupted while measuring", e);
    }
    return lines;
  }

  private static String text(Path path) {
    return path.toAbsolutePath().toString();
  }

  private static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Override
  public void close() {
    MeasuredCircuit.deleteLibrary(library);
    try {
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
