package ndoe.controller.loop;

import java.nio.file.Path;
import java.time.Clock;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunStart;
import ndoe.controller.journal.Versions;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;

/**
 * A run that was killed and what it takes to go on.
 *
 * @param folder is filled and closed by {@link DayRun#run}
 */
public record ResumableRun(Scenario scenario, RunFolder folder, RunOptions options) {

  /**
   * Takes up a run that was killed; {@link DayRun#run} goes on with it.
   *
   * @param version of this program
   * @throws ndoe.controller.journal.RunFolderException if it cannot go on, with the reason
   * @throws ndoe.feeders.InvalidInputException with every problem of the scenario or fleet file
   */
  public static ResumableRun of(Path folder, String version, Clock clock) {
    RunFolder resumed = RunFolder.resume(folder, clock);
    try {
      RunOptions options = RunOptionsJson.read(resumed.options(), version);
      Scenario scenario = ScenarioFile.read(resumed.scenarioFile());
      DayRun.check(scenario, options.fleetFile());
      resumed.requireSame(start(scenario, options).versions());
      return new ResumableRun(scenario, resumed, options);
    } catch (RuntimeException e) {
      resumed.close();
      throw e;
    }
  }

  /** What is asked of a run, for its record. */
  static RunStart start(Scenario scenario, RunOptions options) {
    try (PowerFlow powerFlow = OpenDssPowerFlow.threePhase(scenario.feeder())) {
      return new RunStart(
          options.command(),
          options.decidedBy().toString(),
          scenario.seed(),
          options.settings().fittedTo(scenario).terms().toleranceKw(),
          scenario,
          scenario.namedFiles(),
          Versions.here(options.version(), powerFlow.engine()));
    }
  }
}
