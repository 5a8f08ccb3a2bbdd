package ndoe.controller.cli;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.loop.DayRun;
import ndoe.controller.loop.RunOptions;
import ndoe.controller.loop.RunOutcome;
import ndoe.feeders.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "negotiate",
    description = "Agree on envelopes and have them judged, without any device.")
final class NegotiateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;
  @Mixin private NegotiationOptions negotiation;

  @Mixin private ResultFolder result;

  @Override
  public Integer call() {
    Scenario day = scenario.read();
    Clock clock = Clock.system(ZoneId.systemDefault());
    RunOptions options =
        negotiation.with("negotiate", Optional.empty(), OptionalDouble.empty(), false);
    RunFolder folder = Ndoe.opened(() -> RunFolder.at(result.path(), clock));
    Terminal terminal = new Terminal(command.commandLine().getOut(), day);
    RunOutcome outcome = DayRun.negotiate(day, folder, options, clock, terminal);
    terminal.end(outcome, folder.path());
    return outcome.exitCode();
  }
}
