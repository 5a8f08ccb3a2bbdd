package ndoe.cosim.opendss;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import ndoe.cosim.binding.NativeFiles;
import ndoe.cosim.powerflow.PowerFlowException;
import ndoe.feeders.BusId;
import ndoe.feeders.CircuitScript;
import ndoe.feeders.CircuitScript.Statement;
import ndoe.feeders.CircuitSurvey;
import ndoe.feeders.CircuitSurvey.Refused;
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
  private final Path temporary;

  /** With half a minute for loading and solving once. */
  public ChildSurveyor() {
    this(DEADLINE, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Tries circuits.
   *
   * @param temporary folder that holds what is needed meanwhile
   */
  ChildSurveyor(Duration deadline, Path temporary) {
    this.deadline = deadline;
    this.temporary = temporary;
  }

  @Override
  public CircuitSurvey survey(CircuitScript circuit) {
    try {
      Path folder = Files.createTempDirectory(temporary, "ndoe-survey-");
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
    List<String> statements = circuit.statements().stream().map(Statement::text).toList();
    Trial trial = attempt(statements, folder);
    if (!trial.ended()) {
      return new Refused(
          statement(trial.answers()),
          "OpenDSS did not finish within %s s, here or later"
              .formatted(deadline.toMillis() / 1000.0));
    }
    if (trial.crashed()) {
      return crash(trial, statements, folder);
    }
    return trial.answers().stream()
        .filter(line -> line[0].equals("refused"))
        .findFirst()
        .<CircuitSurvey>map(line -> new Refused(statement(trial.answers()), line[1]))
        .orElseGet(() -> found(trial.answers()));
  }

  /** What came of some statements. */
  private record Trial(boolean ended, int exitValue, List<String[]> answers) {
    boolean crashed() {
      boolean refused = answers.stream().anyMatch(line -> line[0].equals("refused"));
      boolean complete =
          !answers.isEmpty() && answers.get(answers.size() - 1)[0].equals("complete");
      return ended && !refused && !complete;
    }
  }

  private Refused crash(Trial trial, List<String> statements, Path folder) throws IOException {
    OptionalInt at = statement(trial.answers());
    String exit = "(exit code %d of the process that tried it)".formatted(trial.exitValue());
    if (trial.answers().isEmpty()) {
      throw new PowerFlowException("the process that tries a circuit ended at once " + exit);
    }
    if (at.isPresent()) {
      return new Refused(at, "OpenDSS itself crashed here " + exit);
    }
    // It crashed in the solution: the shortest beginning with which it does names the culprit.
    int enough = statements.size();
    int tooFew = 0;
    long end = System.nanoTime() + deadline.toNanos();
    while (enough - tooFew > 1 && System.nanoTime() < end) {
      int middle = (enough + tooFew) / 2;
      if (attempt(statements.subList(0, middle), folder).crashed()) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return new Refused(
        enough - tooFew == 1 ? OptionalInt.of(enough - 1) : OptionalInt.empty(),
        "OpenDSS itself crashed in the solution, not without this " + exit);
  }

  private Trial attempt(List<String> statements, Path folder) throws IOException {
    Path script = folder.resolve("circuit");
    Files.writeString(script, String.join("\n", statements) + "\n");
    Path answers = folder.resolve("answers");
    Files.deleteIfExists(answers);
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
                SurveyChild.class.getName(),
                answers.toString())
            .directory(folder.toFile())
            .redirectInput(script.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      boolean ended = child.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
      child.destroyForcibly().waitFor();
      return new Trial(ended, child.exitValue(), read(answers));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PowerFlowException("interrupted while a circuit was tried", e);
    } finally {
      child.destroyForcibly();
    }
  }

  /** Whole lines only: the child may have ended while it wrote one. */
  private static List<String[]> read(Path answers) throws IOException {
    if (!Files.exists(answers)) {
      return List.of();
    }
    String text = new String(Files.readAllBytes(answers), StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> line.split("\t", -1))
        .toList();
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
