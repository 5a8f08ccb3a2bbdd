package ndoe.controller.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import ndoe.controller.rehearsal.Soak;
import ndoe.controller.rehearsal.SoakReport;
import ndoe.feeders.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "soak",
    description =
        "Run days on end on emulated devices behind real sockets, as fast as they settle and"
            + " negotiating again meanwhile, and watch threads, file handles and heap. Exit code 3 if"
            + " one of them grows or a limit is broken.")
final class RehearseSoakCommand implements Callable<Integer> {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;
  @Mixin private RehearsalFolder runs;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "7",
      description = "Simulated days. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--rolling",
      paramLabel = "EVERY",
      defaultValue = "4",
      description = "Intervals between negotiations. Default: ${DEFAULT-VALUE}.")
  private int rolling;

  @Override
  public Integer call() {
    require("--days", days);
    require("--rolling", rolling);
    Scenario day = scenario.read();
    Path folder = runs.open();
    Printout terminal = Printout.of(command);
    SoakReport report =
        new Soak(
                day,
                folder,
                days,
                rolling,
                Clock.systemDefaultZone(),
                ended -> print(terminal, ended))
            .run();
    print(terminal, report);
    terminal.say("run: " + folder.resolve("run"));
    return report.isClean() ? 0 : Ndoe.NOT_SECURE;
  }

  private void require(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          command.commandLine(), "%s must be at least 1: %d".formatted(option, value));
    }
  }

  private static void print(Printout terminal, SoakReport.Day day) {
    terminal.say(
        "day %d after %.0f s: %d to %d threads, %d to %d file handles, %.2f MB of heap",
        day.number(),
        day.end().toMillis() / 1e3,
        day.fewestThreads(),
        day.mostThreads(),
        day.fewestHandles(),
        day.mostHandles(),
        day.heapBytes() / BYTES_PER_MEGABYTE);
  }

  private static void print(Printout terminal, SoakReport report) {
    terminal.say(
        "%.0f simulated hours in %.1f min; %d negotiations on the way; steps missed: %d; limits"
            + " broken: %d; %s",
        report.simulatedHours(),
        report.elapsed().toMillis() / 6e4,
        report.renewals(),
        report.missedSteps(),
        report.violations(),
        report.outcome());
    terminal.say(
        "threads and file handles at rest: %s; heap: %+.3f MB per simulated hour (%+.1f MB per real"
            + " hour), at most %.0f is allowed per simulated hour",
        report.isConstant() ? "constant" : "NOT constant",
        report.growthPerSimulatedHourMb(),
        report.growthPerRealHourMb(),
        SoakReport.MOST_GROWTH_MB_PER_HOUR);
  }
}
