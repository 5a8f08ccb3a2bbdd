package ndoe.controller.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
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

  @Mixin private RehearsalFolder runs;

  @Override
  public Integer call() {
    if (restarts < 1) {
      throw new ParameterException(
          command.commandLine(), "--restarts must be at least 1: " + restarts);
    }
    Scenario day = scenario.read();
    Path folder = runs.open();
    Printout terminal = Printout.of(command);
    BrokerReport report =
        new BrokerRehearsal(day, folder, restarts, seed, Clock.systemDefaultZone(), terminal::say)
            .run();
    print(terminal, report);
    terminal.say("run: " + folder.resolve("run"));
    return report.isClean() ? 0 : Ndoe.NOT_SECURE;
  }

  private static void print(Printout terminal, BrokerReport report) {
    terminal.say(
        "%s killed and started again: %d of %d times under %d devices",
        report.broker(), report.restarts(), report.asked(), report.devices());
    terminal.say(
        "commands in the journal: %d, confirmed by their device: %d, reported as not delivered or"
            + " not confirmed: %d",
        report.committed(), report.confirmed(), report.undelivered());
    terminal.say(
        "commands the devices acted on: %d (renewals by the guards among them), refused: %d",
        report.applied(), report.refused());
    terminal.say(
        "setpoints lost: %d, duplicated: %d, reordered: %d; limits broken: %d; steps missed: %d",
        report.lost(),
        report.duplicated(),
        report.reordered(),
        report.violations(),
        report.missedSteps());
  }
}
