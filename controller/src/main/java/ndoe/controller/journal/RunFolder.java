package ndoe.controller.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ndoe.cosim.validation.Verdict;
import ndoe.devices.DeviceId;
import ndoe.devices.mqtt.SiteEvent;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.AssetScheduleFile;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Feeder;
import ndoe.feeders.Horizon;
import ndoe.feeders.ProsumerId;

/**
 * Where a run keeps what it does; readable at any moment, also after a kill. Rows are in the file
 * when a method returns. May be used from several threads. Every failure to write is a {@link
 * RunFolderException} that names the file.
 */
public final class RunFolder implements AutoCloseable {
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Path path;
  private final Clock clock;
  private final RunJson run;
  private final Map<RunFile, CsvLog> logs = new EnumMap<>(RunFile.class);
  private Horizon horizon;
  private boolean ended;
  private boolean closed;

  private RunFolder(Path path, Clock clock) {
    this.path = path;
    this.clock = clock;
    run = new RunJson(clock.instant());
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
        return new RunFolder(Files.createDirectory(path), clock);
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
    return new RunFolder(EmptyFolder.at(folder), clock);
  }

  public Path path() {
    return path;
  }

  /** Says what was asked; comes first. */
  public synchronized void start(RunStart start) {
    String sha256 =
        ScenarioCopy.keep(path.resolve("scenario"), start.scenario().file(), start.namedFiles());
    horizon = start.scenario().horizon();
    feeder(start.scenario().feeder());
    append(RunFile.TARIFF, TariffRow.lines(horizon, start.scenario().tariff()));
    run.start(start, sha256);
    writeRun();
  }

  /** What was agreed and what it took. */
  public synchronized void agreed(AgreementFacts facts) {
    run.agreed(facts);
    writeRun();
  }

  /** Adds a round of the negotiation. */
  public synchronized void round(RoundRow row) {
    append(RunFile.NEGOTIATION, List.of(row.fields()));
  }

  /** What prosumers sell to each other. */
  public synchronized void trades(List<TradeRow> rows) {
    append(RunFile.TRADES, rows.stream().map(TradeRow::fields).toList());
  }

  /** What energy and envelopes are worth to whom. */
  public synchronized void prices(List<PriceRow> rows) {
    append(RunFile.PRICES, rows.stream().map(PriceRow::fields).toList());
  }

  /** Who pays whom. */
  public synchronized void payments(List<PaymentRow> rows) {
    append(RunFile.SETTLEMENT, rows.stream().map(PaymentRow::fields).toList());
  }

  /** How long a phase took; a phase named twice keeps the later value. */
  public synchronized void timing(String phase, Duration took) {
    run.timing(phase, took);
    writeRun();
  }

  /** The judge’s answer on the envelopes; replaces an earlier one and all violations so far. */
  public synchronized void judged(Verdict verdict) {
    CsvLog before = logs.remove(RunFile.VIOLATIONS);
    if (before != null) {
      before.close();
    }
    violations(
        verdict instanceof Verdict.Violated violated
            ? violated.violations().stream()
                .map(violation -> ViolationRow.of(horizon(), violation))
                .toList()
            : List.of());
    run.judgement(Judgement.of(verdict));
    writeRun();
  }

  /** The envelopes in force; replaces earlier ones. */
  public synchronized void envelopes(EnvelopePlan plan) {
    refuseWhenClosed();
    AtomicFile.replace(file(RunFile.ENVELOPES), next -> EnvelopePlanFile.write(next, plan));
  }

  /** What the operator’s own assets do, injection positive; replaces earlier schedules. */
  public synchronized void assets(List<AssetSchedule> schedules) {
    refuseWhenClosed();
    AtomicFile.replace(
        file(RunFile.ASSETS), next -> AssetScheduleFile.write(next, horizon(), schedules));
  }

  /** The devices that were connected. */
  public synchronized void devices(List<DeviceRow> rows) {
    append(RunFile.DEVICES, rows.stream().map(DeviceRow::fields).toList());
  }

  public synchronized void setpoint(SetpointRow row) {
    append(RunFile.SETPOINTS, List.of(row.fields()));
  }

  public synchronized void measurement(MeasurementRow row) {
    append(RunFile.MEASUREMENTS, List.of(row.fields()));
  }

  /** Something people should know; ignored once the run has ended. */
  public synchronized void event(SiteEvent event) {
    if (!closed) {
      append(
          RunFile.EVENTS,
          List.of(
              List.of(
                  event.at().toString(),
                  event.severity().name().toLowerCase(Locale.ROOT),
                  event.device().map(DeviceId::value).orElse(""),
                  event.text())));
    }
  }

  /** Voltages of one interval. */
  public synchronized void voltages(List<VoltageRow> rows) {
    append(RunFile.VOLTAGES, rows.stream().map(VoltageRow::fields).toList());
  }

  /** Adds limits found broken, at envelopes or at measured states. */
  public synchronized void violations(List<ViolationRow> rows) {
    append(RunFile.VIOLATIONS, rows.stream().map(ViolationRow::fields).toList());
  }

  /** The private corner of one prosumer. */
  public ProsumerFolder prosumer(ProsumerId prosumer) {
    return new ProsumerFolder(path.resolve("prosumers").resolve(FileName.unique(prosumer.value())));
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
    if (closed) {
      return;
    }
    try {
      if (horizon != null) {
        end(RunStatus.FAILED, 1, "ended without a result");
      }
    } finally {
      closed = true;
      closeLogs();
    }
  }

  private void closeLogs() {
    RunFolderException failure = null;
    for (CsvLog log : logs.values()) {
      try {
        log.close();
      } catch (RunFolderException e) {
        failure = e;
      }
    }
    logs.clear();
    if (failure != null) {
      throw failure;
    }
  }

  private void feeder(Feeder feeder) {
    append(
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

  private void append(RunFile file, List<List<String>> lines) {
    refuseWhenClosed();
    logs.computeIfAbsent(file, this::open).append(lines);
  }

  private CsvLog open(RunFile file) {
    return new CsvLog(file(file), file.header());
  }

  private void writeRun() {
    refuseWhenClosed();
    run.write(file(RunFile.RUN));
  }

  /** A closed table would otherwise be started anew. */
  private void refuseWhenClosed() {
    if (closed) {
      throw new RunFolderException(path + " is closed: nothing more can be recorded");
    }
  }

  private Path file(RunFile file) {
    return path.resolve(file.fileName());
  }
}
