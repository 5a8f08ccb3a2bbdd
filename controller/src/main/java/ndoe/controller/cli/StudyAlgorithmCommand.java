package ndoe.controller.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import ndoe.controller.journal.AtomicFile;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.study.AlgorithmPage;
import ndoe.controller.study.AlgorithmResult;
import ndoe.controller.study.AlgorithmStudy;
import ndoe.controller.study.AlgorithmTable;
import ndoe.controller.study.AlgorithmVariant;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.feeders.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "algorithm",
    description =
        "How variants of the negotiation converge, and whether every offer of every round is safe."
            + " Writes algorithm.csv, algorithm-rounds.csv and algorithm.html.")
final class StudyAlgorithmCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;

  @Mixin private ResultFolder result;

  @Override
  public Integer call() {
    Scenario day = scenario.readBalanced();
    Path folder = result.open();
    Printout terminal = Printout.of(command);
    AcValidator judge = new AcValidator(OpenDssPowerFlow::positiveSequence);
    AlgorithmStudy study = new AlgorithmStudy(day, new InteriorPointSolver(), judge);
    terminal.say(
        "central optimum: %.2f %s, %.2f s",
        study.central().objective(),
        day.tariff().currency(),
        study.central().elapsed().toNanos() / 1e9);
    terminal.say(AlgorithmTable.text(AlgorithmTable.HEADINGS));
    List<AlgorithmResult> results =
        study.run(
            AlgorithmVariant.all(Settings.TERMS),
            result -> terminal.say(AlgorithmTable.text(AlgorithmTable.line(result))));
    AtomicFile.write(folder.resolve("algorithm.csv"), AlgorithmTable.variantsCsv(results));
    AtomicFile.write(folder.resolve("algorithm-rounds.csv"), AlgorithmTable.roundsCsv(results));
    Path page = folder.resolve("algorithm.html");
    AtomicFile.write(page, AlgorithmPage.html(day.name(), results));
    terminal.say("sweeps: how often every prosumer plans; gap: feasible agreement to the optimum;");
    terminal.say("violations: linear + AC network, of all offers of all rounds");
    terminal.say("page: " + page);
    return 0;
  }
}
