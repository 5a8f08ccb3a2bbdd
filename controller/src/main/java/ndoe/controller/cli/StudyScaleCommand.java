package ndoe.controller.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import ndoe.controller.journal.AtomicFile;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.study.ScaleResult;
import ndoe.controller.study.ScaleStudy;
import ndoe.controller.study.ScaleTable;
import ndoe.feeders.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "scale",
    description =
        "How the effort to agree grows with the number of prosumers, made from the scenario's."
            + " Writes scale.csv.")
final class StudyScaleCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;

  @Option(
      names = "--prosumers",
      paramLabel = "N",
      split = ",",
      defaultValue = "8,16,32,64,128",
      description = "Numbers of prosumers, with commas. Default: ${DEFAULT-VALUE}.")
  private List<Integer> prosumers;

  @Option(
      names = "--most-central",
      paramLabel = "N",
      defaultValue = "32",
      description =
          "Prosumers up to which one program that decides for all is solved as well. Default:"
              + " ${DEFAULT-VALUE}.")
  private int mostCentral;

  @Mixin private ResultFolder result;

  @Override
  public Integer call() {
    for (int number : prosumers) {
      if (number < 2) {
        throw new ParameterException(
            command.commandLine(), "--prosumers must be at least 2: " + number);
      }
    }
    Scenario day = scenario.readBalanced();
    Path file = result.open().resolve("scale.csv");
    Printout terminal = Printout.of(command);
    ScaleStudy study = new ScaleStudy(day, new InteriorPointSolver(), mostCentral);
    terminal.say(ScaleTable.HEADING);
    List<ScaleResult> results = new ArrayList<>();
    study.run(
        prosumers,
        result -> {
          results.add(result);
          terminal.say(ScaleTable.line(result));
          AtomicFile.write(file, ScaleTable.csv(results));
        });
    double exponent = ScaleStudy.exponent(results);
    ScaleResult quarterly = study.quarterly();
    terminal.say(ScaleTable.line(quarterly));
    results.add(quarterly);
    AtomicFile.write(file, ScaleTable.csv(results));
    terminal.say("CPU time of all parties: that of every thread together; to reach:");
    terminal.say("  CPU time grows as prosumers to the power of %.2f (at most 1.2)", exponent);
    terminal.say(
        "  %d prosumers, %d intervals: %d rounds (at most 30), %.1f s (at most 60)",
        quarterly.prosumers(),
        quarterly.intervals(),
        quarterly.outcome().effort().rounds(),
        quarterly.outcome().elapsed().toNanos() / 1e9);
    terminal.say("rows: " + file);
    return 0;
  }
}
