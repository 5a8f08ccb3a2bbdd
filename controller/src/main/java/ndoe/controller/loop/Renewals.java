package ndoe.controller.loop;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import ndoe.controller.journal.RenewalStartRow;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.RollingNegotiation;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.negotiation.StoredEnergy;
import ndoe.controller.program.ConvexSolver;
import ndoe.cosim.validation.AcValidator;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioDays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Negotiates what is left of a day again while it goes on, and the next day before it begins, in a
 * thread of its own and one at a time. Belongs to the thread of the loop.
 */
final class Renewals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);

  private final ScenarioDays days;
  private final ConvexSolver solver;
  private final AcValidator judge;
  private final Settings settings;
  private final Schedule schedule;
  private final NegotiationListener listener;
  private final ExecutorService thread;
  private Optional<CompletableFuture<Renewal>> pending = Optional.empty();
  private Optional<RenewalKnowledge> latest = Optional.empty();

  /** Touched by the thread of the negotiations only, once it runs. */
  private Scenario day;

  private RollingNegotiation rolling;

  /**
   * When to negotiate.
   *
   * @param every intervals
   * @param onNews whether also when a device was lost or a forecast was wrong
   */
  record Schedule(int every, boolean onNews) {}

  /**
   * Renewals that go on from a first agreement.
   *
   * @param rolling empty for a run that is resumed: it is brought to where it stood before the
   *     first renewal
   */
  Renewals(
      ScenarioDays days,
      ConvexSolver solver,
      AcValidator judge,
      Settings settings,
      Schedule schedule,
      Optional<RollingNegotiation> rolling,
      NegotiationListener listener) {
    this.days = days;
    this.solver = solver;
    this.judge = judge;
    this.settings = settings;
    this.schedule = schedule;
    this.listener = listener;
    this.day = days.dayOf(0);
    this.rolling = rolling.orElse(null);
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "negotiates again");
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Whether it is time to negotiate about what begins with this interval.
   *
   * @param agreed whether there is an agreement about that interval
   */
  boolean isDue(int from, boolean agreed, RenewalKnowledge now, boolean deviceLost) {
    boolean news = deviceLost || latest.filter(now::differs).isPresent();
    boolean time = !agreed || days.withinDay(from) % schedule.every() == 0;
    return pending.isEmpty() && (time || schedule.onNews() && news);
  }

  void begin(int from, RenewalKnowledge knowledge) {
    latest = Optional.of(knowledge);
    pending = Optional.of(CompletableFuture.supplyAsync(() -> negotiated(from, knowledge), thread));
  }

  /**
   * Brings everybody to where it stood when the run was cut off, and begins again what was not
   * done.
   *
   * @param starts every negotiation that was begun
   * @param done how many of them ended
   */
  void resume(List<RenewalStartRow> starts, int done) {
    int today = starts.isEmpty() ? 0 : starts.get(starts.size() - 1).from() / perDay() * perDay();
    List<RenewalStartRow> again =
        starts.subList(0, done).stream().filter(start -> start.from() >= today).toList();
    thread.execute(
        () -> {
          if (today == 0) {
            negotiated(0, initial());
          }
          again.forEach(s -> negotiated(s.from(), RenewalKnowledge.parse(s.knowledge())));
        });
    for (RenewalStartRow start : starts.subList(done, starts.size())) {
      begin(start.from(), RenewalKnowledge.parse(start.knowledge()));
    }
    if (done > 0 && done == starts.size()) {
      latest = Optional.of(RenewalKnowledge.parse(starts.get(done - 1).knowledge()));
    }
  }

  private int perDay() {
    return days.dayOf(0).horizon().intervals();
  }

  private RenewalKnowledge initial() {
    return RenewalKnowledge.of(StoredEnergy.initial(days.dayOf(0)));
  }

  /** A failure is an outcome: what is in force stays. */
  private Renewal negotiated(int from, RenewalKnowledge knowledge) {
    long begun = System.nanoTime();
    boolean warm = false;
    try {
      if (rolling == null || day != days.dayOf(from)) {
        day = days.dayOf(from);
        rolling = RollingNegotiation.starting(day, solver, judge, settings);
      }
      warm = rolling.isWarm();
      Agreement agreement =
          rolling.renew(days.withinDay(from), knowledge.energy(), knowledge.measured(), listener);
      return new Renewal(from, warm, Optional.of(agreement), "", since(begun));
    } catch (RuntimeException e) {
      LOG.warn("negotiation for interval {} failed", from, e);
      rolling = null;
      return new Renewal(from, warm, Optional.empty(), "failed: " + e.getMessage(), since(begun));
    }
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  boolean isPending() {
    return pending.isPresent();
  }

  /** Waits for the negotiation that is pending; false if it takes longer. */
  boolean await(Duration atMost) {
    try {
      pending.orElseThrow().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** What came of the negotiation that was pending, once. */
  Optional<Renewal> outcome() {
    Optional<Renewal> outcome = pending.filter(Future::isDone).map(CompletableFuture::join);
    if (outcome.isPresent()) {
      pending = Optional.empty();
    }
    return outcome;
  }

  /** Nobody waits for a negotiation whose run is over. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
