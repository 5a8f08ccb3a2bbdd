package ndoe.controller.web;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import ndoe.controller.journal.EnvelopeRow;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.RunReader;
import ndoe.controller.journal.RunRecord;
import ndoe.controller.journal.RunStatus;
import ndoe.controller.journal.VoltageRow;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a run folder again and again as long as it is written, and puts what is new on a page. */
final class FollowedRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedRun.class);
  private static final long LOOK_MILLIS = 1_000;

  private final RunReader reader;
  private final String folder;
  private final Feed feed;
  private final PageDesk desk;
  private RunSubject subject;
  private GridPicture.Order order;
  private final Map<String, Integer> seen = new HashMap<>();
  private String phase = "";
  private final ScheduledExecutorService look =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "followed run");
            thread.setDaemon(true);
            return thread;
          });

  private FollowedRun(
      RunReader reader, String folder, RunSubject subject, Feed feed, PageDesk desk) {
    this.reader = reader;
    this.folder = folder;
    this.subject = subject;
    this.feed = feed;
    this.desk = desk;
    this.order = GridPicture.Order.of(subject);
  }

  static FollowedRun of(Path folder, String epoch, Clock clock) {
    RunReader reader = RunReader.of(folder);
    RunRecord run = reader.run();
    String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    RunSubject subject = RunSubject.of(reader, run, name);
    Feed feed = new Feed(epoch);
    return new FollowedRun(
        reader, name, subject, feed, new PageDesk(new PageState(subject, feed), clock));
  }

  /** Puts on a page what a folder holds of a run that goes on. */
  static void putOn(PageDesk desk, RunSubject subject, Path folder) {
    try (FollowedRun before =
        new FollowedRun(
            RunReader.of(folder), subject.folder(), subject, new Feed("unused"), desk)) {
      before.read();
    }
  }

  RunSubject subject() {
    return subject;
  }

  Feed feed() {
    return feed;
  }

  PageDesk desk() {
    return desk;
  }

  /** Reads what is there, then goes on by itself. */
  void start() {
    read();
    var unused =
        look.scheduleWithFixedDelay(this::read, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void read() {
    try {
      RunRecord run = reader.run();
      if (subject.customers().isEmpty() && !reader.envelopes().isEmpty()) {
        begin(RunSubject.of(reader, run, folder));
      }
      each(
          "rounds",
          RunReader::rounds,
          (state, row) -> {
            state.round(HeardNegotiation.figures(row), Json.array());
          });
      more("envelopes", RunReader::envelopes, rows -> envelopes(reader.envelopes()));
      all("prices", RunReader::prices, (state, rows) -> state.prices(reader.prices()));
      all("devices", RunReader::devices, (state, rows) -> state.devices(rows, Map.of()));
      all("setpoints", RunReader::setpoints, PageState::setpoints);
      all("measurements", RunReader::measurements, PageState::measurements);
      more("voltages", RunReader::voltages, this::voltages);
      all("violations", RunReader::violations, PageState::violations);
      each("renewals", RunReader::renewals, PageState::renewed);
      each("events", RunReader::events, PageState::event);
      tellPhase(run);
    } catch (RunFolderException e) {
      LOG.debug("between two writes: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("followed run", e);
    }
  }

  private void begin(RunSubject about) {
    subject = about;
    order = GridPicture.Order.of(about);
    seen.clear();
    phase = "";
    desk.tell(state -> state.begin(about));
  }

  private <T> void all(
      String table, Function<RunReader, List<T>> rows, BiConsumer<PageState, List<T>> news) {
    more(table, rows, some -> desk.tell(state -> news.accept(state, some)));
  }

  private <T> void each(
      String table, Function<RunReader, List<T>> rows, BiConsumer<PageState, T> news) {
    all(table, rows, (state, some) -> some.forEach(row -> news.accept(state, row)));
  }

  private interface News<T> {
    void take(List<T> rows);
  }

  /** The rows that were not there before; all again when there are fewer. */
  private <T> void more(String table, Function<RunReader, List<T>> rows, News<T> news) {
    List<T> all = rows.apply(reader);
    int known = seen.getOrDefault(table, 0);
    if (all.size() != known) {
      seen.put(table, all.size());
      news.take(List.copyOf(all.subList(known < all.size() ? known : 0, all.size())));
    }
  }

  private void voltages(List<VoltageRow> rows) {
    Map<LocalDateTime, List<VoltageRow>> intervals = new LinkedHashMap<>();
    rows.forEach(
        row -> intervals.computeIfAbsent(row.intervalStart(), t -> new ArrayList<>()).add(row));
    intervals.forEach(
        (start, of) -> {
          int t = subject.horizon().intervalAt(start);
          GridPicture picture = GridPicture.of(t, of, order);
          desk.tell(state -> state.grid(picture));
          desk.tell(state -> state.stepDone(t, subject.horizon().intervals()));
        });
  }

  private void envelopes(List<EnvelopeRow> rows) {
    Map<ProsumerId, List<EnvelopeRow>> points = new LinkedHashMap<>();
    rows.forEach(row -> points.computeIfAbsent(row.prosumer(), id -> new ArrayList<>()).add(row));
    if (points.isEmpty()) {
      return;
    }
    int intervals = points.values().iterator().next().size();
    Horizon horizon =
        new Horizon(rows.get(0).intervalStart(), subject.horizon().intervalMinutes(), intervals);
    EnvelopePlan plan =
        new EnvelopePlan(horizon, points.values().stream().map(FollowedRun::point).toList());
    desk.tell(state -> state.envelopes(plan));
  }

  private static PointPlan point(List<EnvelopeRow> rows) {
    return new PointPlan(
        rows.get(0).prosumer(),
        rows.get(0).bus(),
        rows.stream()
            .map(row -> new OperatingEnvelope(row.importLimitKw(), row.exportLimitKw()))
            .toList(),
        Profile.generate(rows.size(), t -> rows.get(t).plannedNetImportKw()));
  }

  private void tellPhase(RunRecord run) {
    String name =
        run.status() != RunStatus.RUNNING
            ? "ended"
            : run.agreed().isEmpty()
                ? "negotiates"
                : seen.containsKey("devices") ? "runs" : "judges";
    String text =
        run.status() == RunStatus.RUNNING
            ? "run of another process"
            : run.message().isBlank() ? word(run.status()) : run.message();
    if (!phase.equals(name + text)) {
      phase = name + text;
      desk.tell(state -> state.phase(name, text));
    }
  }

  private static String word(RunStatus status) {
    return switch (status) {
      case RUNNING -> "running";
      case COMPLETED -> "completed";
      case ABORTED -> "aborted";
      case FAILED -> "failed";
    };
  }

  @Override
  public void close() {
    look.shutdownNow();
  }
}
