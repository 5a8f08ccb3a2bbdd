package ndoe.controller.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import ndoe.feeders.ScenarioSplit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "split",
    description =
        "Take a scenario apart: dso.yaml for the operator and a file for each prosumer, each with"
            + " what that party may know, so that nobody gets more.")
final class AgentSplitCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;
  @Mixin private ResultFolder result;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    scenario.read();
    ScenarioSplit.write(scenario.path(), result.open()).forEach(out::println);
    out.flush();
    return 0;
  }
}
