package ndoe.controller.rehearsal;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import ndoe.controller.journal.CommittedRows;
import ndoe.controller.journal.KillPoint;
import ndoe.controller.journal.RunDifferences;
import ndoe.controller.journal.RunFolderException;

/**
 * Kills software runs and resumes them until they end, and compares each with one that was never
 * killed. A run may be killed several times, also while it is being resumed.
 */
public final class KillRehearsal {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Named points are passed up to so many times before the one that kills. */
  private static final int PASSED_BEFORE = 3;

  /** Of a day whose limits hold. */
  private static final int DONE = 0;

  private final Path scenario;
  private final Path folder;
  private final SplittableRandom random;
  private final Consumer<String> listener;
  private final List<String> notPassed = new ArrayList<>();
  private final List<KillReport.Resumption> resumptions = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();
  private int randomKills;
  private int beforeStart;
  private int namedKills;
  private long rowsChecked;
  private int lostRows;
  private int lostCommits;
  private int runs;
  private Path reference;
  private Path current;
  private CommittedRows committed = CommittedRows.none();

  /**
   * A rehearsal.
   *
   * @param folder empty; for the runs
   * @param seed of the moments
   * @param listener hears a line about every run
   */
  public KillRehearsal(Path scenario, Path folder, long seed, Consumer<String> listener) {
    this.scenario = scenario;
    this.folder = folder;
    this.random = new SplittableRandom(seed);
    this.listener = listener;
  }

  /**
   * Kills at every named point, then at random moments.
   *
   * @param kills at random moments
   * @throws RunFolderException if a run that nobody kills does not come to its end
   */
  public KillReport run(int kills) {
    Duration whole = reference();
    named();
    while (randomKills < kills) {
      chain(kills, whole);
    }
    return new KillReport(
        randomKills,
        beforeStart,
        namedKills,
        notPassed,
        resumptions,
        rowsChecked,
        lostRows,
        lostCommits,
        runs,
        failures,
        differences);
  }

  /** Runs a day that nobody kills and gives how long it takes. */
  private Duration reference() {
    current = folder.resolve("never-killed");
    ChildRun child = start(List.of());
    if (!child.endsWithin(PATIENCE) || child.exitCode() != DONE) {
      child.kill();
      throw new RunFolderException("a run that nobody kills does not end: " + child.output());
    }
    reference = runFolder().orElseThrow();
    listener.accept(
        "never killed: %.1f s, %d committed rows"
            .formatted(seconds(child.sinceStart()), rows().count()));
    return child.sinceStart();
  }

  /** A run is killed at one point after the other, as far as a run gets. */
  private void named() {
    List<KillPoint> left = new ArrayList<>(List.of(KillPoint.values()));
    while (!left.isEmpty()) {
      int before = left.size();
      begin("named-" + before);
      for (KillPoint point : List.copyOf(left)) {
        ChildRun child =
            start(
                List.of(point.setting(point.isPassedOften() ? random.nextInt(PASSED_BEFORE) : 0)));
        if (!child.endsWithin(PATIENCE)) {
          child.kill();
          failures.add("%s: does not end: %s".formatted(point.word(), child.output()));
        }
        left.remove(point);
        heardOf(child);
        if (child.exitCode() == DONE) {
          notPassed.add(point.word());
          break;
        }
        namedKills++;
        check();
      }
      end();
    }
  }

  private void chain(int kills, Duration whole) {
    begin("random-" + randomKills);
    boolean ended = false;
    while (!ended && randomKills < kills) {
      long nanos = random.nextLong(whole.toNanos());
      ChildRun child = start(List.of());
      ended = child.endsWithin(Duration.ofNanos(nanos));
      if (!ended) {
        child.kill();
        randomKills++;
        check();
      }
      heardOf(child);
    }
    end();
  }

  private void begin(String name) {
    current = folder.resolve(name);
    committed = CommittedRows.none();
  }

  /** Starts a run, or resumes what there is of it. */
  private ChildRun start(List<String> settings) {
    List<String> all = new ArrayList<>(settings);
    all.add("-Dndoe.witness=" + witness());
    Optional<Path> run = runFolder();
    return run.isPresent() && committed.begun()
        ? ChildRun.start(all, List.of("run", "--resume", run.get().toString()))
        : ChildRun.start(
            all, List.of("run", scenario.toString(), "--rolling", "--runs", anew().toString()));
  }

  /** A place for a run that has nothing to resume. */
  private Path anew() {
    try {
      Files.deleteIfExists(witness());
      if (runFolder().isPresent()) {
        beforeStart++;
        current = current.resolveSibling(current.getFileName() + "-again");
      }
      Files.createDirectories(current);
    } catch (IOException e) {
      throw new RunFolderException("cannot write %s: %s".formatted(current, e), e);
    }
    return current;
  }

  private void heardOf(ChildRun child) {
    child.resumption().ifPresent(resumptions::add);
  }

  /** Nothing that was there before may be missing, nor anything that was said to be on disk. */
  private void check() {
    CommittedRows now = rows();
    rowsChecked += committed.count();
    lostRows += committed.missingIn(now);
    lostCommits += Math.max(0, told() - now.commits());
    committed = now;
  }

  /** Lets a run come to its end and compares. */
  private void end() {
    ChildRun last = null;
    if (!isOver()) {
      last = start(List.of());
      if (!last.endsWithin(PATIENCE)) {
        last.kill();
      }
      heardOf(last);
    }
    check();
    runs++;
    if (last != null && last.exitCode() != DONE) {
      failures.add("%s ends with %d: %s".formatted(current, last.exitCode(), last.output()));
    }
    List<String> found = RunDifferences.between(reference, runFolder().orElseThrow());
    found.forEach(difference -> differences.add(current.getFileName() + "/" + difference));
    listener.accept(
        "%s: %s, %d kills so far, %d rows lost"
            .formatted(
                current.getFileName(),
                found.isEmpty() ? "as if never killed" : found.toString(),
                randomKills + namedKills,
                lostRows));
  }

  private boolean isOver() {
    return runFolder().filter(run -> Files.exists(run.resolve("report.html"))).isPresent();
  }

  private CommittedRows rows() {
    return runFolder().map(run -> CommittedRows.of(run, folder)).orElse(CommittedRows.none());
  }

  private Optional<Path> runFolder() {
    if (!Files.isDirectory(current)) {
      return Optional.empty();
    }
    try (Stream<Path> made = Files.list(current)) {
      return made.filter(Files::isDirectory).findFirst();
    } catch (IOException e) {
      throw new RunFolderException("cannot read %s: %s".formatted(current, e), e);
    }
  }

  private Path witness() {
    return current.resolveSibling(current.getFileName() + ".witness");
  }

  /** The last transaction that the killed process knew to be on disk. */
  private int told() {
    if (!Files.exists(witness())) {
      return 0;
    }
    try (DataInputStream file = new DataInputStream(Files.newInputStream(witness()))) {
      return file.available() >= Integer.BYTES ? file.readInt() : 0;
    } catch (IOException e) {
      throw new RunFolderException("cannot read %s: %s".formatted(witness(), e), e);
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
