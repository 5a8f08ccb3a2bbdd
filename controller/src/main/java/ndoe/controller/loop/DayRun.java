package ndoe.controller.loop;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import ndoe.controller.journal.KillPoint;
import ndoe.controller.journal.ResumePoint;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.RunStatus;
import ndoe.controller.loop.FleetFile.Fleet;
import ndoe.controller.message.Post;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Negotiation;
import ndoe.controller.negotiation.RollingNegotiation;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.report.ReportPage;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.twin.FeederTwin;
import ndoe.cosim.validation.AcValidator;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.SimulatedClock;
import ndoe.devices.fleet.DeviceFleet;
import ndoe.devices.fleet.FleetTimings;
import ndoe.devices.fleet.Supervision;
import ndoe.devices.mqtt.SiteEvent;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioDays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run from a scenario to its folder: here the parts are wired together. */
public final class DayRun {
  private static final Logger LOG = LoggerFactory.getLogger(DayRun.class);

  /** Longest wait for the devices to be left at their defaults when the process is told to end. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(20);

  private static final String RELEASES =
      "releases its limit when its timer ends: it has no value to revert to, so keep the controller"
          + " alive or set the vendor's own fall-back";

  /** The command that can be resumed. */
  private static final String RESUMABLE = "run";

  /** Exit code when the run folder cannot be written; the devices are at their default. */
  private static final int UNRECORDED = 5;

  private static final double NOTICEABLE_KW = 0.1;
  private static final double NOTICEABLE_SLACK = 1e-6;

  private final ScenarioDays days;
  private final Scenario scenario;
  private final RunFolder folder;
  private final RunOptions options;
  private final Clock clock;
  private final RunListener listener;
  private final ConvexSolver solver = new InteriorPointSolver();
  private final AcValidator judge = new AcValidator(OpenDssPowerFlow::positiveSequence);
  private Optional<RollingNegotiation> rolling = Optional.empty();

  private DayRun(
      ScenarioDays days, RunFolder folder, RunOptions options, Clock clock, RunListener listener) {
    this.days = days;
    this.scenario = days.whole();
    this.folder = folder;
    this.options = options;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Negotiates and has the result judged, without any device.
   *
   * @param folder is filled and closed
   */
  public static RunOutcome negotiate(
      Scenario scenario, RunFolder folder, RunOptions options, Clock clock, RunListener listener) {
    DayRun run = of(scenario, folder, options, clock, listener);
    return run.recorded(
        () -> run.agree().certified() ? RunOutcome.DONE : RunOutcome.NOT_SECURE,
        new CountDownLatch(1));
  }

  /**
   * Negotiates, has the result judged and, if it is certified, runs the day on the devices.
   *
   * @param folder is filled and closed
   * @throws DeviceLinkException if a device or broker cannot be reached before the day begins
   * @throws ndoe.feeders.InvalidInputException with every problem of the fleet file
   */
  public static RunOutcome run(
      Scenario scenario, RunFolder folder, RunOptions options, Clock clock, RunListener listener) {
    DayRun run = of(scenario, folder, options, clock, listener);
    CountDownLatch stop = new CountDownLatch(1);
    return run.recorded(() -> run.agreeAndDispatch(stop), stop);
  }

  /** Closes the folder if there is nothing to run. */
  private static DayRun of(
      Scenario scenario, RunFolder folder, RunOptions options, Clock clock, RunListener listener) {
    try {
      ScenarioDays days = ScenarioDays.of(scenario, options.days());
      return new DayRun(days, folder, options, clock, listener);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** The devices a scenario needs, checked against a fleet file before anything starts. */
  public static void check(Scenario scenario, Optional<Path> fleetFile) {
    fleetFile.ifPresent(
        file -> FleetFile.read(file, DeviceWiring.needs(scenario, Optional.empty())));
  }

  private interface Phase {
    RunOutcome run();
  }

  /** Runs with the folder telling the truth about how it ended, whatever happens. */
  private RunOutcome recorded(Phase phase, CountDownLatch stop) {
    CountDownLatch finished = new CountDownLatch(1);
    Thread onShutdown = new Thread(() -> stopAndWait(stop, finished), "ndoe-shutdown");
    Runtime.getRuntime().addShutdownHook(onShutdown);
    try {
      begin();
      listener.folder(folder.path());
      RunOutcome outcome =
          folder.endedWith().isPresent()
              ? RunOutcome.of(folder.endedWith().getAsInt())
              : phase.run();
      folder.end(
          outcome == RunOutcome.STOPPED ? RunStatus.ABORTED : RunStatus.COMPLETED,
          outcome.exitCode(),
          outcome == RunOutcome.STOPPED ? "stopped by the user" : "");
      folder.close();
      KillPoint.BEFORE_REPORT.pass();
      ReportPage.write(folder.path());
      return outcome;
    } catch (RuntimeException e) {
      recordFailure(e, exitCode(e));
      throw e;
    } finally {
      finished.countDown();
      removeHook(onShutdown);
    }
  }

  private void begin() {
    if (folder.isResumed()) {
      folder.goOn(scenario);
    } else {
      boolean resumable = options.command().equals(RESUMABLE);
      folder.start(
          ResumableRun.start(scenario, options),
          resumable ? RunOptionsJson.write(options) : "",
          options.fleetFile());
    }
  }

  private static int exitCode(RuntimeException failure) {
    if (failure instanceof RunFolderException) {
      return UNRECORDED;
    }
    return failure instanceof DeviceLinkException ? 4 : 1;
  }

  /** Says in the record how the run failed, unless the record itself is what failed. */
  private void recordFailure(RuntimeException failure, int exitCode) {
    try {
      folder.end(RunStatus.FAILED, exitCode, String.valueOf(failure.getMessage()));
    } catch (RunFolderException e) {
      failure.addSuppressed(e);
    }
    try {
      folder.close();
    } catch (RunFolderException e) {
      failure.addSuppressed(e);
    }
  }

  /** Lets the loop leave the devices safe; in any case the record says that it was stopped. */
  private void stopAndWait(CountDownLatch stop, CountDownLatch finished) {
    stop.countDown();
    try {
      if (!finished.await(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
        folder.end(RunStatus.ABORTED, RunOutcome.STOPPED.exitCode(), "stopped while negotiating");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDownAlready) {
      LOG.debug("ending on a signal");
    }
  }

  private Agreement agree() {
    Scenario day = days.dayOf(0);
    Agreement agreement =
        timed(
            "negotiation",
            () -> {
              RecordedNegotiation recorded = new RecordedNegotiation(folder, listener);
              try (Negotiation negotiation =
                  new Negotiation(day, solver, judge, options.settings(), new Post(), recorded)) {
                Agreement agreed = negotiation.agree(options.decidedBy());
                rolling =
                    Optional.of(
                        RollingNegotiation.after(
                            negotiation, day, solver, judge, options.settings()));
                return agreed;
              } finally {
                recorded.end();
              }
            });
    KillPoint.AGREED.pass();
    new AgreementRecord(folder)
        .write(agreement, InForce.of(agreement, scenario), !options.isRolling());
    if (!agreement.effort().agreed()) {
      listener.notAgreed(agreement.effort().rounds());
    }
    if (agreement.shortfallKw() > NOTICEABLE_KW) {
      listener.belowDefault(agreement.shortfallKw());
    }
    if (agreement.passiveLoadSlack() > NOTICEABLE_SLACK) {
      listener.passiveLoadBreaksLimits(agreement.passiveLoadSlack());
    }
    folder.judged(agreement.verdict());
    folder.agreementComplete();
    listener.agreed(agreement);
    listener.judged(agreement.verdict());
    return agreement;
  }

  private RunOutcome agreeAndDispatch(CountDownLatch stop) {
    Optional<ResumePoint> resumed = folder.resumePoint();
    if (folder.isResumed()) {
      listener.resumed(resumed.map(ResumePoint::nextInterval).orElse(-1));
    }
    Optional<InForce> agreed =
        resumed.isPresent()
            ? resumed.filter(ResumePoint::certified).map(InForce::of)
            : Optional.of(agree())
                .filter(Agreement::certified)
                .map(agreement -> InForce.of(agreement, scenario));
    if (stop.getCount() == 0) {
      return RunOutcome.STOPPED;
    }
    if (agreed.isEmpty()) {
      return RunOutcome.NOT_SECURE;
    }
    List<DeviceNeed> needs = DeviceWiring.needs(scenario, agreed.map(InForce::envelopes));
    Fleet fleet =
        options.fleetFile().map(file -> FleetFile.read(file, needs)).orElseGet(Fleet::allEmulated);
    ControlLoop.Ended ended =
        timed("day", () -> dispatch(agreed.get(), resumed, needs, fleet, stop));
    if (stop.getCount() == 0) {
      return RunOutcome.STOPPED;
    }
    if (!ended.violations().isEmpty() || resumed.map(ResumePoint::violations).orElse(0) > 0) {
      return RunOutcome.NOT_SECURE;
    }
    int before = resumed.map(ResumePoint::setpointsInDoubt).orElse(0);
    return ended.setpointsInDoubt() + before > 0 ? RunOutcome.DEVICE_IN_DOUBT : RunOutcome.DONE;
  }

  private ControlLoop.Ended dispatch(
      InForce agreed,
      Optional<ResumePoint> resumed,
      List<DeviceNeed> needs,
      Fleet fleet,
      CountDownLatch stop) {
    DeviceWiring wiring = new DeviceWiring(scenario, fleet, needs);
    int first = resumed.map(ResumePoint::nextInterval).orElse(0);
    Instant start = scenario.horizon().startOf(first).toInstant(ZoneOffset.UTC);
    boolean leaping = options.speed().isEmpty();
    SimulatedClock simulated =
        leaping
            ? SimulatedClock.stepped(start)
            : SimulatedClock.held(start, options.speed().getAsDouble(), System::nanoTime);
    FleetTimings timings = fleet.timings();
    ExecutorService workers = Executors.newFixedThreadPool(scenario.prosumers().size());
    try (EmulatedBench bench =
            EmulatedBench.start(wiring.emulatedSpecs(), simulated, fleet.broker(), fleet.site());
        DeviceFleet devices =
            DeviceFleet.connect(
                wiring.allSpecs(bench), bench.brokerAddress(), timings, supervision(fleet));
        FeederTwin twin =
            new FeederTwin(
                OpenDssPowerFlow.threePhase(scenario.feeder()),
                scenario.feeder(),
                scenario.passiveLoads(),
                scenario.connectionPoints(),
                agreed.assets());
        HardwareCoupling hardware = coupled(fleet);
        RollingPlan plan = options.isRolling() ? rollingPlan(agreed, resumed) : null) {
      Optional.ofNullable(hardware)
          .ifPresent(coupling -> devices.guard().onStop(coupling::emergencyStop));
      folder.begin(first);
      folder.devices(wiring.rows(devices));
      devices.devices().stream()
          .filter(device -> !device.revertsToValue())
          .forEach(device -> know(Optional.of(device.id()), RELEASES));
      KillPoint.CONNECTED.pass();
      listener.connected(devices.specs().size(), fleet.devices().size());
      PaceControl control = new PaceControl(simulated, !fleet.devices().isEmpty());
      listener.equipped(new Equipment(devices, bench, simulated, timings.reversion(), control));
      StepJournal journal = new StepJournal(folder, bench, wiring.emulated().keySet(), clock);
      List<SiteController> sites =
          wiring.sites(agreed, days, journal, devices, solver, Optional.ofNullable(hardware));
      resumed.ifPresent(point -> journal.restore(point, sites, twin));
      ControlLoop loop =
          new ControlLoop(
              scenario,
              sites,
              twin,
              Optional.ofNullable(hardware),
              Optional.ofNullable(plan),
              new EmulatedDay(scenario, bench, wiring.emulated()),
              folder,
              journal,
              new Pace(simulated, leaping, stop, control),
              timings.refresh(),
              workers,
              clock,
              new HeardSteps(listener));
      simulated.begin();
      return loop.run(first);
    } finally {
      workers.shutdownNow();
    }
  }

  private RollingPlan rollingPlan(InForce agreed, Optional<ResumePoint> resumed) {
    int perDay = days.dayOf(0).horizon().intervals();
    int every = options.renewEvery().orElse(perDay);
    Renewals renewals =
        new Renewals(
            days,
            solver,
            judge,
            options.settings(),
            new Renewals.Schedule(every, every > 1 && options.renewEvery().isPresent()),
            rolling,
            listener.meanwhile());
    int begun = resumed.map(point -> point.nextInterval() - 1).orElse(0);
    resumed.ifPresent(point -> renewals.resume(point.renewalStarts(), point.renewalsDone()));
    return new RollingPlan(days, scenario, renewals, agreed, Math.max(0, begun), folder, solver);
  }

  /** Nothing real is written in a dry run; what people should know goes into the record. */
  private Supervision supervision(Fleet fleet) {
    return new Supervision(
        Optional.of(fleet.site()),
        true,
        spec -> options.dryRun() && fleet.devices().contains(spec),
        folder::event);
  }

  private void know(Optional<DeviceId> device, String text) {
    folder.event(new SiteEvent(SiteEvent.Severity.WARNING, device, text, clock.instant()));
  }

  /** The hardware behind a grid simulator, if the fleet has one and it may be written to. */
  private HardwareCoupling coupled(Fleet fleet) {
    if (options.dryRun() && fleet.gridSimulator().isPresent()) {
      know(Optional.empty(), "dry run: the grid simulator is left alone, its device is emulated");
      return null;
    }
    return fleet
        .gridSimulator()
        .map(entry -> HardwareCoupling.start(entry, scenario, clock, folder::event))
        .orElse(null);
  }

  private interface Timed<T> {
    T get();
  }

  private <T> T timed(String phase, Timed<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    folder.timing(phase, Duration.ofNanos(System.nanoTime() - start));
    return result;
  }
}
