package ndoe.controller.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.loop.DayRun;
import ndoe.controller.loop.EmulatedPart;
import ndoe.controller.loop.ResumableRun;
import ndoe.controller.loop.RunListener;
import ndoe.controller.loop.RunOptions;
import ndoe.controller.loop.RunOutcome;
import ndoe.controller.negotiation.Case;
import ndoe.controller.operations.FaultInjection;
import ndoe.controller.operations.FaultPlan;
import ndoe.controller.operations.FaultPlanFile;
import ndoe.controller.operations.Operations;
import ndoe.controller.web.LivePage;
import ndoe.feeders.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description =
        "Agree on envelopes, have them certified, and run the day on real or emulated devices.")
final class RunCommand implements Callable<Integer> {
  private static final int MOST_DAYS = 366;

  /** Options that say nothing about what the run does. */
  private static final Set<String> NOT_OF_THE_RUN =
      Stream.concat(
              Stream.of("--resume", "--verbose", LogFormat.OPTION, MetricsOption.NAME),
              WebOptions.NAMES.stream())
          .collect(Collectors.toUnmodifiableSet());

  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;
  @Mixin private NegotiationOptions negotiation;
  @Mixin private MetricsOption metrics;
  @Mixin private WebOptions web;

  @Option(
      names = "--fleet",
      paramLabel = "FILE",
      description =
          "Which devices are real and how they are reached; every device not in it is emulated, all"
              + " are without it.")
  private Path fleet;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      description =
          "Simulated over real time: 1 is real time, 60 makes a minute of an hour. As fast as the"
              + " devices settle if absent.")
  private Double speed;

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description =
          "Break emulated devices and their broker at the times this file says, to rehearse; see"
              + " lab-setup/fleets/faults.yaml. A run that is resumed goes on without.")
  private Path faults;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where the run folder is made. Default: ${DEFAULT-VALUE}.")
  private Path runs;

  @Option(
      names = "--dry-run",
      description =
          "Write to no real device: setpoints.csv says what would have been set. Emulated devices"
              + " are set as usual.")
  private boolean dryRun;

  @Option(
      names = "--rolling",
      paramLabel = "EVERY",
      arity = "0..1",
      fallbackValue = "1",
      description =
          "Negotiate what is left of the day again after so many intervals (every one without a"
              + " number), and when a device is lost or a forecast was wrong; what is certified"
              + " comes into force when an interval begins.")
  private Integer rolling;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Go on past midnight for as many days; each is negotiated about before it begins."
              + " Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Go on with a run that was killed, where it stood; everything else is as it was started.")
  private Path resume;

  @Override
  public Integer call() {
    Clock clock = Clock.system(ZoneId.systemDefault());
    web.check();
    if (resume != null) {
      return resume(clock);
    }
    if (speed != null && !(speed > 0 && speed <= 1e6)) {
      throw new ParameterException(
          command.commandLine(), "--speed must be above 0 and at most 1000000: " + speed);
    }
    Scenario day = scenario.read();
    Optional<Path> fleetFile = Optional.ofNullable(fleet);
    DayRun.check(day, fleetFile);
    Optional<FaultPlan> plan =
        Optional.ofNullable(faults)
            .map(file -> FaultPlanFile.read(file, day.horizon(), EmulatedPart.of(day, fleetFile)));
    RunOptions options =
        negotiation
            .with(
                "run",
                fleetFile,
                speed == null ? OptionalDouble.empty() : OptionalDouble.of(speed),
                dryRun)
            .rolling(rolling == null ? OptionalInt.empty() : OptionalInt.of(rolling), days);
    checkRolling(options);
    RunFolder folder = Ndoe.opened(() -> RunFolder.create(runs, day.name(), clock));
    return run(day, folder, options, clock, plan);
  }

  private void checkRolling(RunOptions options) {
    if (days < 1 || days > MOST_DAYS) {
      throw problem("--days must be 1 to %d: %d".formatted(MOST_DAYS, days));
    }
    if (rolling != null && rolling < 1) {
      throw problem("--rolling must be at least 1: " + rolling);
    }
    boolean again = rolling != null || days > 1;
    if (again && options.decidedBy() != Case.NDOE) {
      throw problem("--rolling and --days need --case ndoe, in which there is somebody to agree");
    }
    if (again && (options.settings().bargaining() || options.settings().envelopeRent())) {
      throw problem(
          "--rolling and --days settle energy and network charges only: leave out --bargaining and"
              + " --envelope-rent");
    }
  }

  private ParameterException problem(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private int resume(Clock clock) {
    ParseResult given = command.commandLine().getParseResult();
    boolean alone =
        given.matchedPositionals().isEmpty()
            && given.matchedOptions().stream()
                .allMatch(o -> NOT_OF_THE_RUN.contains(o.longestName()));
    if (!alone) {
      throw new ParameterException(
          command.commandLine(),
          "--resume takes the scenario and every option from the run: give nothing else");
    }
    ResumableRun resumable = Ndoe.opened(() -> ResumableRun.of(resume, Ndoe.version(), clock));
    return run(
        resumable.scenario(), resumable.folder(), resumable.options(), clock, Optional.empty());
  }

  private int run(
      Scenario day, RunFolder folder, RunOptions options, Clock clock, Optional<FaultPlan> plan) {
    Terminal terminal = new Terminal(command.commandLine().getOut(), day);
    List<RunListener> listeners = new ArrayList<>(List.of(terminal));
    RunOutcome outcome;
    try (Operations operations = watched(folder, clock);
        LivePage page = shown(day, folder, options, clock);
        FaultInjection injection =
            plan.map(faults -> new FaultInjection(faults, folder::event, clock)).orElse(null)) {
      if (operations != null) {
        terminal.watchedAt(operations.uri());
        listeners.add(operations.runListener());
      }
      if (page != null) {
        terminal.shownAt(page.address(), page.readOnlyAddress());
        listeners.add(page.runListener());
      }
      if (injection != null) {
        listeners.add(injection);
      }
      outcome = DayRun.run(day, folder, options, clock, RunListener.all(listeners));
      if (page != null) {
        page.ended(outcome);
      }
    }
    terminal.end(outcome, folder.path());
    return outcome.exitCode();
  }

  /** Null unless it was asked for. */
  private LivePage shown(Scenario day, RunFolder folder, RunOptions options, Clock clock) {
    try {
      return web.settings()
          .map(settings -> LivePage.ofRun(settings, day, options.days(), folder, clock))
          .orElse(null);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** Null unless it was asked for. */
  private Operations watched(RunFolder folder, Clock clock) {
    try {
      OptionalInt port = metrics.port();
      return port.isEmpty() ? null : Operations.ofRun(port.getAsInt(), folder, clock);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }
}
