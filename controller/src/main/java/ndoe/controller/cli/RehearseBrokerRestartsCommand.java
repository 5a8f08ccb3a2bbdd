package ndoe.controller.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import ndoe.controller.journal.EmptyFolder;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.rehearsal.BrokerRehearsal;
import ndoe.controller.rehearsal.BrokerReport;
import ndoe.feeders.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "broker-restarts",
    description =
        "Run a day on emulated gateways behind a broker (a Mosquitto where one is installed) that is"
            + " killed and started again, and compare the commands of the journal with those the"
            + " gateways saw. Exit code 3 if a setpoint was lost, duplicated or reordered.")
final class RehearseBrokerRestartsCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      defaultValue = "20",
      description = "Of the broker; each takes 5 s of the run. Default: ${DEFAULT-VALUE}.")
  private int restarts;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Of the moments and lengths of the outages. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the run is kept; a folder for temporary files if absent.")
  private Path out;

  @Override
  public Integer call() {
    if (restarts < 1) {
      throw new ParameterException(
          command.commandLine(), "--restarts must be at least 1: " + restarts);
    }
    Scenario day = scenario.read();
    Path folder = Ndoe.opened(this::folder);
    PrintWriter terminal = command.commandLine().getOut();
    BrokerReport report =
        new BrokerRehearsal(
                day, folder, restarts, seed, Clock.systemDefaultZone(), line -> say(terminal, line))
            .run();
    print(terminal, report);
    say(terminal, "run: " + folder.resolve("run"));
    return report.isClean() ? 0 : Ndoe.NOT_SECURE;
  }

  private Path folder() {
    try {
      if (out == null) {
        return Files.createTempDirectory("ndoe-rehearsal-");
      }
      return Files.createDirectories(EmptyFolder.at(out));
    } catch (IOException e) {
      throw new RunFolderException("no folder for the run: " + e.getMessage(), e);
    }
  }

  private static void print(PrintWriter terminal, BrokerReport report) {
    say(
        terminal,
        "%s killed and started again: %d of %d times under %d devices",
        report.broker(),
        report.restarts(),
        report.asked(),
        report.devices());
    say(
        terminal,
        "commands in the journal: %d, confirmed by their device: %d, reported as not delivered or"
            + " not confirmed: %d",
        report.committed(),
        report.confirmed(),
        report.undelivered());
    say(
        terminal,
        "commands the devices acted on: %d (renewals by the guards among them), refused: %d",
        report.applied(),
        report.refused());
    say(
        terminal,
        "setpoints lost: %d, duplicated: %d, reordered: %d; limits broken: %d; steps missed: %d",
        report.lost(),
        report.duplicated(),
        report.reordered(),
        report.violations(),
        report.missedSteps());
  }

  private static void say(PrintWriter terminal, String format, Object... arguments) {
    terminal.println(
        arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
    terminal.flush();
  }
}
