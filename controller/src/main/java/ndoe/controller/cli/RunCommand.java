package ndoe.controller.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.loop.DayRun;
import ndoe.controller.loop.ResumableRun;
import ndoe.controller.loop.RunListener;
import ndoe.controller.operations.Operations;
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
  /** Options that say nothing about what the run does. */
  private static final Set<String> NOT_OF_THE_RUN =
      Set.of("--resume", "--verbose", MetricsOption.NAME);

  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;
  @Mixin private NegotiationOptions negotiation;
  @Mixin private MetricsOption metrics;

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
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Go on with a run that was killed, where it stood; everything else is as it was started.")
  private Path resume;

  @Override
  public Integer call() {
    Clock clock = Clock.system(ZoneId.systemDefault());
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
    DayRun.Options options =
        negotiation.with(
            "run",
            fleetFile,
            speed == null ? OptionalDouble.empty() : OptionalDouble.of(speed),
            dryRun);
    RunFolder folder = Ndoe.opened(() -> RunFolder.create(runs, day.name(), clock));
    return run(day, folder, options, clock);
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
    return run(resumable.scenario(), resumable.folder(), resumable.options(), clock);
  }

  private int run(Scenario day, RunFolder folder, DayRun.Options options, Clock clock) {
    Terminal terminal = new Terminal(command.commandLine().getOut(), day);
    OptionalInt port = metrics.port();
    DayRun.Outcome outcome =
        port.isEmpty()
            ? DayRun.run(day, folder, options, clock, terminal)
            : watched(port.getAsInt(), day, folder, options, clock, terminal);
    terminal.end(outcome, folder.path());
    return outcome.exitCode();
  }

  private DayRun.Outcome watched(
      int port,
      Scenario day,
      RunFolder folder,
      DayRun.Options options,
      Clock clock,
      Terminal terminal) {
    try (Operations operations = Operations.ofRun(port, folder, clock)) {
      terminal.watchedAt(operations.uri());
      RunListener both = RunListener.all(List.of(terminal, operations.runListener()));
      return DayRun.run(day, folder, options, clock, both);
    }
  }
}
