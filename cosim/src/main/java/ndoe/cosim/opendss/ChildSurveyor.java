package ndoe.cosim.opendss;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ndoe.cosim.powerflow.PowerFlowException;
import ndoe.feeders.BusId;
import ndoe.feeders.CircuitScript;
import ndoe.feeders.CircuitSurvey;
import ndoe.feeders.CircuitSurveyor;
import ndoe.feeders.Line;
import ndoe.feeders.LineId;
import ndoe.feeders.Load;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Surveys a circuit in a child process, so that only that one ends if the engine does. */
public final class ChildSurveyor implements CircuitSurveyor {
  private static final Logger LOG = LoggerFactory.getLogger(ChildSurveyor.class);
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Duration deadline;

  /** With half a minute for loading and solving once. */
  public ChildSurveyor() {
    this(DEADLINE);
  }

  ChildSurveyor(Duration deadline) {
    this.deadline = deadline;
  }

  @Override
  public CircuitSurvey survey(CircuitScript circuit) {
    try {
      Path folder = Files.createTempDirectory("ndoe-survey-");
      try {
        return survey(circuit, folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new PowerFlowException("the process that tries a circuit cannot be run: " + e, e);
    }
  }

  private CircuitSurvey survey(CircuitScript circuit, Path folder) throws IOException {
    Path script = Files.writeString(folder.resolve("circuit"), circuit.script());
    Path answers = folder.resolve("answers");
    // A crash leaves its report and core in the folder, which goes with it.
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-Djava.io.tmpdir=" + folder,
                "-D" + NativeFiles.KEPT_PROPERTY + "=" + kept(),
                "-cp",
                classPath(),
                SurveyChild.class.getName())
            .directory(folder.toFile())
            .redirectInput(script.toFile())
            .redirectOutput(answers.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ended = false;
    try {
      ended = child.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PowerFlowException("interrupted while a circuit was tried", e);
    } finally {
      child.destroyForcibly();
    }
    List<String[]> lines = read(answers);
    return ended
        ? answer(lines, child.exitValue())
        : new CircuitSurvey.Refused(
            statement(lines),
            "OpenDSS did not finish within %d s, here or later".formatted(deadline.toSeconds()));
  }

  private static List<String[]> read(Path answers) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(answers)) {
      return lines.lines().map(line -> line.split("\t", -1)).toList();
    }
  }

  private static String kept() {
    String folder = System.getProperty(NativeFiles.KEPT_PROPERTY, "");
    return folder.isEmpty() ? "" : Path.of(folder).toAbsolutePath().toString();
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static CircuitSurvey answer(List<String[]> lines, int exitValue) {
    for (String[] line : lines) {
      if (line[0].equals("refused")) {
        return new CircuitSurvey.Refused(statement(lines), line[1]);
      }
    }
    boolean complete = !lines.isEmpty() && lines.get(lines.size() - 1)[0].equals("complete");
    return complete
        ? found(lines)
        : new CircuitSurvey.Refused(
            statement(lines),
            "OpenDSS itself crashed here (exit code %d of the process that tried it)"
                .formatted(exitValue));
  }

  /** The statement last begun. */
  private static OptionalInt statement(List<String[]> lines) {
    int last = -1;
    for (String[] line : lines) {
      if (line[0].equals("at")) {
        last = Integer.parseInt(line[1]);
      }
    }
    return last < 0 ? OptionalInt.empty() : OptionalInt.of(last);
  }

  private static CircuitSurvey.Found found(List<String[]> lines) {
    double nominalKv = Double.NaN;
    double sourcePu = Double.NaN;
    List<BusId> nodes = new ArrayList<>();
    List<Line> branches = new ArrayList<>();
    List<Load> loads = new ArrayList<>();
    for (String[] line : lines) {
      switch (line[0]) {
        case "source" -> {
          nominalKv = Double.parseDouble(line[1]);
          sourcePu = Double.parseDouble(line[2]);
        }
        case "node" -> nodes.add(new BusId(line[1]));
        case "branch" -> branches.add(branch(line));
        case "load" ->
            loads.add(
                new Load(
                    line[1],
                    new BusId(line[2]),
                    Double.parseDouble(line[3]),
                    Double.parseDouble(line[4])));
        default -> {}
      }
    }
    return new CircuitSurvey.Found(nominalKv, sourcePu, nodes, branches, loads);
  }

  private static Line branch(String[] line) {
    return new Line(
        new LineId(line[1]),
        new BusId(line[2]),
        new BusId(line[3]),
        Double.parseDouble(line[4]),
        Double.parseDouble(line[5]),
        Double.parseDouble(line[6]));
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOG.debug("left behind: {}", folder, e);
    }
  }
}
