package ndoe.controller.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import ndoe.cosim.validation.Verdict;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.AssetScheduleFile;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Feeder;
import ndoe.feeders.Horizon;
import ndoe.feeders.Scenario;

/**
 * Where a run keeps what it does; readable at any moment, also after a kill. What a method is given
 * is on disk in the run database when it returns, and in the file that exports it. May be used from
 * several threads. Every failure to write is a {@link RunFolderException} that names the file.
 */
public final class RunFolder extends RunRows implements AutoCloseable {
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Clock clock;
  private final RunJson run;
  private final boolean resumed;
  private Horizon horizon;
  private boolean ended;

  private RunFolder(Path path, Clock clock, RunJournal journal, RunJson run, boolean resumed) {
    super(path, journal);
    this.clock = clock;
    this.run = run;
    this.resumed = resumed;
    this.ended = run.status() != RunStatus.RUNNING;
  }

  private static RunFolder made(Path path, Clock clock) {
    RunJournal journal = RunJournal.create(path, clock.instant());
    return new RunFolder(path, clock, journal, new RunJson(clock.instant()), false);
  }

  /**
   * Makes {@code <parent>/<start>-<name>}, or the same with {@code -2}, {@code -3}, … when taken.
   *
   * @param clock its zone is the one of the start time in the folder’s name
   */
  public static RunFolder create(Path parent, String scenarioName, Clock clock) {
    String name = LocalDateTime.now(clock).format(START) + "-" + FileName.readable(scenarioName);
    try {
      Files.createDirectories(parent);
    } catch (IOException e) {
      throw RunFolderException.writing(parent, e);
    }
    for (int attempt = 1; ; attempt++) {
      Path path = parent.resolve(attempt == 1 ? name : name + "-" + attempt);
      try {
        return made(Files.createDirectory(path), clock);
      } catch (IOException e) {
        if (e instanceof FileAlreadyExistsException) {
          continue;
        }
        throw RunFolderException.writing(path, e);
      }
    }
  }

  /** Uses this folder, which must be empty or not there yet. */
  public static RunFolder at(Path folder, Clock clock) {
    return made(EmptyFolder.at(folder), clock);
  }

  /**
   * Takes up a run that did not come to its end; {@link #goOn} comes next.
   *
   * @throws RunFolderException if there is none, another process still runs it, it has ended or a
   *     file it was started with has changed
   */
  public static RunFolder resume(Path folder, Clock clock) {
    RunJournal journal = RunJournal.resume(folder, clock.instant());
    try {
      Resumption.check(folder, journal);
      RunJson run = RunJson.of(journal.fact(Resumption.RUN_JSON).orElseThrow());
      return new RunFolder(folder, clock, journal, run, true);
    } catch (RunFolderException e) {
      journal.close();
      throw e;
    }
  }

  /** Whether this goes on with what another process left. */
  public boolean isResumed() {
    return resumed;
  }

  /** The exit code of a run whose end was committed and that only lacks files. */
  public synchronized OptionalInt endedWith() {
    return ended ? run.exitCode() : OptionalInt.empty();
  }

  /** The file the run was started with; only of a run that is resumed. */
  public Path scenarioFile() {
    return Path.of(journal().fact(Resumption.SCENARIO).orElseThrow());
  }

  /** How it was started, as told to {@link #start}; only of a run that is resumed. */
  public String options() {
    return journal().fact(Resumption.OPTIONS).orElseThrow();
  }

  /** Says what was asked, by a run that cannot be resumed; comes first. */
  public void start(RunStart start) {
    start(start, "", Optional.empty());
  }

  /**
   * Says what was asked; comes first.
   *
   * @param options how to go on after a kill
   * @param fleetFile which devices are real; it must not change until the run has ended
   */
  public synchronized void start(RunStart start, String options, Optional<Path> fleetFile) {
    run.start(start, scenarioFiles(start.scenario(), start.namedFiles()));
    String json = run.text();
    journal()
        .facts(
            Map.of(
                Resumption.SCENARIO,
                start.scenario().file().toAbsolutePath().toString(),
                Resumption.HASHES,
                Resumption.hashes(start.scenario().file(), start.namedFiles(), fleetFile),
                Resumption.OPTIONS,
                options,
                Resumption.RUN_JSON,
                json));
    AtomicFile.write(file(RunFile.RUN), json);
    KillPoint.STARTED.pass();
  }

  /** Throws RunFolderException if another version of something began the run. */
  public void requireSame(Versions present) {
    run.requireSame(present, path());
  }

  /** Goes on with a run that is resumed, as {@link #start} begins one. */
  public synchronized void goOn(Scenario scenario) {
    scenarioFiles(scenario, scenario.namedFiles());
    journal().export();
    if (journal().lastComplete().isPresent()) {
      Resumption.export(path(), journal(), horizon);
    }
    if (!ended) {
      run.resumed(clock.instant());
    }
    writeRun();
  }

  private String scenarioFiles(Scenario scenario, List<Path> namedFiles) {
    String sha256 = ScenarioCopy.keep(path().resolve("scenario"), scenario.file(), namedFiles);
    horizon = scenario.horizon();
    feeder(scenario.feeder());
    journal().lines(RunFile.TARIFF, TariffRow.lines(horizon, scenario.tariff()));
    return sha256;
  }

  /** Where to go on; empty when there is no agreement yet. */
  public synchronized Optional<ResumePoint> resumePoint() {
    return journal().lastComplete().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ResumeReader(journal(), horizon()).read(run.certified(), run.missedSteps()));
  }

  /** Says that the agreement is all there. */
  public synchronized void agreementComplete() {
    refuseWhenClosed();
    journal().complete(List.of(), List.of());
    KillPoint.AGREEMENT_COMMITTED.pass();
  }

  /** What comes belongs to this interval; the number of intervals stands for the end. */
  public synchronized void begin(int interval) {
    refuseWhenClosed();
    journal().begin(interval);
    tell(listener -> listener.begun(interval));
  }

  /** Says that the interval is complete and where everything stands then. */
  public synchronized void complete(List<SiteStateRow> sites, List<PlantStateRow> plants) {
    refuseWhenClosed();
    journal().complete(sites, plants);
    KillPoint.STEP_COMMITTED.pass();
  }

  /** Intervals that passed without a step, because the one before took too long. */
  public synchronized void missed(int steps) {
    run.missed(steps);
    writeRun();
  }

  /** What was agreed and what it took. */
  public synchronized void agreed(AgreementFacts facts) {
    run.agreed(facts);
    writeRun();
  }

  /** From now on the disk is taken to fail like this; for rehearsals. */
  public synchronized void rehearse(DiskFault fault) {
    journal().database().rehearse(fault);
  }

  /** How long a phase took; a phase named twice keeps the later value. */
  public synchronized void timing(String phase, Duration took) {
    run.timing(phase, took);
    writeRun();
  }

  /** The judge’s answer on the envelopes; replaces an earlier one and all violations so far. */
  public synchronized void judged(Verdict verdict) {
    refuseWhenClosed();
    journal()
        .replace(
            RunTables.VIOLATIONS,
            verdict instanceof Verdict.Violated violated
                ? violated.violations().stream()
                    .map(violation -> ViolationRow.of(horizon(), violation))
                    .toList()
                : List.of());
    run.judgement(Judgement.of(verdict));
    writeRun();
  }

  /** Every trade so far. */
  public synchronized List<TradeRow> trades() {
    return journal().rows(RunTables.TRADES);
  }

  /** The envelopes in force; replaces earlier ones. */
  public synchronized void envelopes(EnvelopePlan plan) {
    refuseWhenClosed();
    journal().replace(RunTables.ENVELOPES, ResumeReader.rows(plan));
    AtomicFile.replace(file(RunFile.ENVELOPES), next -> EnvelopePlanFile.write(next, plan));
    tell(listener -> listener.envelopes(plan));
  }

  /** What the operator’s own assets do, injection positive; replaces earlier schedules. */
  public synchronized void assets(List<AssetSchedule> schedules) {
    refuseWhenClosed();
    journal().replace(RunTables.ASSETS, AssetRow.of(schedules));
    AtomicFile.replace(
        file(RunFile.ASSETS), next -> AssetScheduleFile.write(next, horizon(), schedules));
  }

  /**
   * Says how the run ended; the first call counts.
   *
   * @param message one line for the user, blank when all is well
   */
  public synchronized void end(RunStatus status, int exitCode, String message) {
    if (ended) {
      return;
    }
    ended = true;
    run.end(status, exitCode, message, clock.instant());
    writeRun();
  }

  /** Closes the files; a run that was started and has not ended is marked as failed. */
  @Override
  public synchronized void close() {
    if (isClosed()) {
      return;
    }
    try {
      if (horizon != null) {
        end(RunStatus.FAILED, 1, "ended without a result");
      }
    } finally {
      shut();
    }
  }

  private void feeder(Feeder feeder) {
    journal()
        .lines(
            RunFile.FEEDER,
            feeder.lines().stream()
                .map(
                    line ->
                        List.of(
                            line.id().value(),
                            line.from().value(),
                            line.to().value(),
                            CsvLog.number(line.resistanceOhm()),
                            CsvLog.number(line.reactanceOhm()),
                            CsvLog.number(line.ratingKva())))
                .toList());
  }

  private Horizon horizon() {
    if (horizon == null) {
      throw new IllegalStateException("start comes first: the horizon is not known");
    }
    return horizon;
  }

  /** The file says how a run ended even where the database cannot. */
  private void writeRun() {
    refuseWhenClosed();
    String json = run.text();
    try {
      journal().fact(Resumption.RUN_JSON, json);
      if (ended) {
        KillPoint.END_COMMITTED.pass();
      }
    } finally {
      AtomicFile.write(file(RunFile.RUN), json);
    }
  }

  private Path file(RunFile file) {
    return path().resolve(file.fileName());
  }
}
