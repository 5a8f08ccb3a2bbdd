package ndoe.controller.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import ndoe.controller.journal.KillPoint;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.RenewalRow;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.journal.ViolationRow;
import ndoe.controller.journal.VoltageRow;
import ndoe.controller.loop.SiteController.SiteReceipt;
import ndoe.controller.negotiation.Parallel;
import ndoe.cosim.twin.FeederTwin;
import ndoe.cosim.twin.FeederTwin.Observation;
import ndoe.cosim.validation.Violation;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/**
 * Runs the day on certified envelopes, interval by interval: measure, dispatch, read back, measure
 * again, put what was measured into the feeder’s twin, record. Every way out leaves every device at
 * its share of the default envelope.
 */
final class ControlLoop {
  /** Simulated time the devices get to follow a setpoint. */
  private static final Duration SETTLING = Duration.ofSeconds(10);

  /** Corrections of one interval before the record says that the envelope was not kept. */
  private static final int MOST_CORRECTIONS = 3;

  /** Real time between two looks at devices that are still moving. */
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Looks before a device that keeps moving is taken as it is. */
  private static final int MOST_LOOKS = 20;

  private final Scenario scenario;
  private final Horizon horizon;
  private final List<SiteController> sites;
  private final FeederTwin twin;
  private final Optional<HardwareCoupling> hardware;
  private final Optional<RollingPlan> rolling;
  private final EmulatedDay day;
  private final RunFolder folder;
  private final StepJournal journal;
  private final Pace pace;
  private final Duration refreshEvery;
  private final ExecutorService workers;
  private final Clock clock;
  private final StepListener listener;
  private final List<Violation> violations = new ArrayList<>();
  private int setpointsInDoubt;

  /**
   * How a day ended.
   *
   * @param violations limits broken at measured states, and envelopes that were not kept
   * @param setpointsInDoubt setpoints that a device rejected or did not confirm
   */
  record Ended(List<Violation> violations, int setpointsInDoubt) {
    Ended {
      violations = List.copyOf(violations);
    }
  }

  /** Hears of every interval that is done. */
  interface StepListener {
    /** Everything was read when setpoints were renewed. */
    void read(int interval, List<MeasurementRow> rows);

    void step(int interval, int ofIntervals, Observation observation);

    /** What came of a negotiation while the run went on. */
    void renewed(RenewalRow row);

    /** Intervals from this one on that passed without a step. */
    void missed(int interval, int steps);
  }

  ControlLoop(
      Scenario scenario,
      List<SiteController> sites,
      FeederTwin twin,
      Optional<HardwareCoupling> hardware,
      Optional<RollingPlan> rolling,
      EmulatedDay day,
      RunFolder folder,
      StepJournal journal,
      Pace pace,
      Duration refreshEvery,
      ExecutorService workers,
      Clock clock,
      StepListener listener) {
    this.scenario = scenario;
    this.horizon = scenario.horizon();
    this.sites = List.copyOf(sites);
    this.twin = twin;
    this.hardware = hardware;
    this.rolling = rolling;
    this.day = day;
    this.folder = folder;
    this.journal = journal;
    this.pace = pace;
    this.refreshEvery = refreshEvery;
    this.workers = workers;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Runs until the end of the horizon or until stopped.
   *
   * @param first interval, more than 0 for a run that is resumed
   * @return what went wrong on the way
   */
  Ended run(int first) {
    try {
      for (int t = onTime(first); t < horizon.intervals() && !pace.isStopped(); t = onTime(t + 1)) {
        step(t);
      }
      leaveAtDefault();
      if (!pace.isStopped()) {
        rolling.ifPresent(RollingPlan::settle);
      }
    } catch (RuntimeException e) {
      throw atDefault(e);
    }
    boolean uncoupled = hardware.map(HardwareCoupling::isAborted).orElse(false);
    return new Ended(violations, setpointsInDoubt + (uncoupled ? 1 : 0));
  }

  /** Waits for an interval; gives a later one if that is over already and so was missed. */
  private int onTime(int interval) {
    if (interval >= horizon.intervals()) {
      return interval;
    }
    pace.passUntil(instant(interval));
    int present = Math.min(horizon.intervals(), intervalNow());
    if (present <= interval || pace.isStopped()) {
      return interval;
    }
    int missed = present - interval;
    folder.missed(missed);
    listener.missed(interval, missed);
    Duration passed = Duration.ofMinutes((long) missed * horizon.intervalMinutes());
    sites.forEach(site -> site.end(passed));
    return present;
  }

  private void step(int interval) {
    rolling.ifPresent(plan -> awaitIfLeaping(plan, interval));
    folder.begin(interval);
    KillPoint.STEP_BEGUN.pass();
    rolling.flatMap(plan -> plan.begin(interval, sites, twin)).ifPresent(listener::renewed);
    day.begin(interval);
    record(interval, atAllSites(site -> site.begin(interval)));
    recordMeasurements(interval);
    settle();
    for (int correction = 0; correction < MOST_CORRECTIONS && !pace.isStopped(); correction++) {
      Map<SiteController, List<SiteReceipt>> corrected = atAllSites(SiteController::check);
      record(interval, corrected);
      if (corrected.values().stream().allMatch(List::isEmpty)) {
        break;
      }
      settle();
    }
    atAllSites(SiteController::observe);
    hardware.ifPresent(coupling -> settle(coupling, interval));
    feedBack(interval);
    rolling.ifPresent(plan -> plan.measured(interval, sites));
    pace.passUntil(instant(interval + 1), refreshEvery, () -> keepAlive(interval));
    sites.forEach(site -> site.end(Duration.ofMinutes(horizon.intervalMinutes())));
    KillPoint.STEP_DONE.pass();
    if (!pace.isStopped()) {
      journal.completed(sites);
    }
  }

  /** Simulated time stands still meanwhile, but that of real devices does not. */
  private void awaitIfLeaping(RollingPlan plan, int interval) {
    boolean real = sites.stream().anyMatch(SiteController::hasRealDevices);
    while (pace.isLeaping() && plan.isPending() && !pace.isStopped() && !plan.await(refreshEvery)) {
      if (real && interval > 0) {
        keepAlive(interval - 1);
      }
    }
  }

  /** Makes every device safe after a failure and says so where the record is what failed. */
  private RuntimeException atDefault(RuntimeException failure) {
    Map<SiteController, List<SiteReceipt>> receipts = atAllSites(SiteController::leave);
    if (!(failure instanceof RunFolderException)) {
      return failure;
    }
    long doubtful =
        receipts.values().stream()
            .flatMap(List::stream)
            .filter(receipt -> receipt.receipt().leavesDoubt())
            .count();
    String safe =
        doubtful == 0
            ? "every device is at its default envelope"
            : "every device was sent to its default envelope, %d did not confirm it"
                .formatted(doubtful);
    return new RunFolderException(failure.getMessage() + "; " + safe, failure);
  }

  /**
   * Gives emulated devices simulated time to follow, and real ones real time until they are steady.
   */
  private void settle() {
    pace.passUntil(pace.now().plus(SETTLING));
    List<SiteController> real = sites.stream().filter(SiteController::hasRealDevices).toList();
    boolean steady = real.isEmpty();
    for (int look = 0; look < MOST_LOOKS && !steady && !pace.await(LOOK); look++) {
      steady = !Parallel.forEach(real, SiteController::isSteady, workers).containsValue(false);
    }
  }

  /** Brings hardware and twin together, while every setpoint is renewed in time. */
  private void settle(HardwareCoupling coupling, int interval) {
    Runnable renew = () -> record(interval, atAllSites(SiteController::keepAlive));
    coupling.settle(interval, sites, twin, pace.rest(refreshEvery, renew));
    atAllSites(SiteController::observe);
  }

  private void feedBack(int interval) {
    Map<ProsumerId, Double> netImportKw = new HashMap<>();
    LocalDateTime start = horizon.startOf(interval);
    List<Violation> found = new ArrayList<>();
    recordMeasurements(interval);
    for (SiteController site : sites) {
      double net = site.reading().netImportKw();
      netImportKw.put(site.id(), net);
      OperatingEnvelope envelope = site.agreedEnvelope();
      if (site.excessKw(envelope) > 0) {
        double limit = net >= 0 ? envelope.importLimitKw() : envelope.exportLimitKw();
        found.add(
            new Violation(
                interval,
                "measured",
                Violation.Kind.OUTSIDE_ENVELOPE,
                site.id().value(),
                Math.abs(net),
                limit));
      }
    }
    Observation observation =
        twin.observe(
            interval,
            netImportKw,
            hardware.map(HardwareCoupling::furtherDrawKvar).orElse(Map.of()));
    found.addAll(observation.violations());
    folder.voltages(VoltageRow.of(start, scenario.feeder(), observation.state()));
    folder.violations(found.stream().map(v -> ViolationRow.of(horizon, v)).toList());
    violations.addAll(found);
    day.feedBack(observation.state());
    listener.step(interval, horizon.intervals(), observation);
  }

  /** What the devices and the connection points were last measured to do. */
  private void recordMeasurements(int interval) {
    folder.measurements(measurements(interval));
  }

  private List<MeasurementRow> measurements(int interval) {
    LocalDateTime start = horizon.startOf(interval);
    List<MeasurementRow> rows = new ArrayList<>();
    for (SiteController site : sites) {
      for (var m : site.measurements()) {
        rows.add(MeasurementRow.of(start, site.id(), word(m.role()), m.measurement()));
      }
      if (site.reading() != null) {
        rows.add(
            MeasurementRow.connectionPoint(
                start,
                site.id(),
                site.reading().netImportKw(),
                site.reactiveNetImportKvar(),
                clock.instant()));
      }
    }
    return rows;
  }

  /** Renews every setpoint before it reverts, and corrects what left its envelope meanwhile. */
  private void keepAlive(int interval) {
    record(interval, atAllSites(SiteController::keepAlive));
    listener.read(interval, measurements(interval));
    hardware.ifPresent(HardwareCoupling::watch);
  }

  private void leaveAtDefault() {
    int interval = Math.min(horizon.intervals() - 1, intervalNow());
    folder.begin(horizon.intervals());
    record(interval, atAllSites(SiteController::leave));
    KillPoint.LEFT.pass();
  }

  private int intervalNow() {
    Duration passed = Duration.between(instant(0), pace.now());
    return (int) Math.max(0, passed.toMinutes() / horizon.intervalMinutes());
  }

  private void record(int interval, Map<SiteController, List<SiteReceipt>> receipts) {
    List<SetpointRow> rows = new ArrayList<>();
    for (SiteController site : sites) {
      for (SiteReceipt receipt : receipts.get(site)) {
        if (receipt.receipt().leavesDoubt()) {
          setpointsInDoubt++;
        }
        rows.add(
            SetpointRow.of(
                horizon.startOf(interval),
                site.id(),
                word(receipt.role()),
                receipt.limit() ? "active_power_limit" : "active_power",
                receipt.receipt(),
                clock.instant()));
      }
    }
    folder.setpoints(rows);
  }

  private <T> Map<SiteController, T> atAllSites(Function<SiteController, T> work) {
    return Parallel.forEach(sites, work, workers);
  }

  private static String word(Enum<?> role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** Start of an interval on the simulated clock, which knows no daylight saving. */
  private Instant instant(int interval) {
    return horizon.startOf(interval).toInstant(ZoneOffset.UTC);
  }
}
