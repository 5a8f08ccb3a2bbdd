package ndoe.controller.certificate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.Examination;
import ndoe.cosim.validation.Repair;
import ndoe.cosim.validation.Scrutiny;
import ndoe.cosim.validation.SecurityCase;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.AssetScheduleFile;
import ndoe.feeders.Dispatch;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;

/** A case as read from its files, and how it is to be looked at. */
public record Inspection(
    Inputs inputs,
    Options options,
    Scenario scenario,
    SecurityCase securityCase,
    Scrutiny scrutiny) {

  /**
   * Reads the files.
   *
   * @throws ndoe.feeders.InvalidInputException with everything that is wrong with them
   */
  public static Inspection of(Inputs inputs, Options options) {
    Scenario scenario = ScenarioFile.read(inputs.scenario());
    EnvelopePlan envelopes = EnvelopePlanFile.read(inputs.envelopes(), scenario);
    List<AssetSchedule> assets =
        inputs.assets().map(file -> AssetScheduleFile.read(file, scenario)).orElse(List.of());
    return of(inputs, options, scenario, envelopes, assets);
  }

  private static Inspection of(
      Inputs inputs,
      Options options,
      Scenario scenario,
      EnvelopePlan envelopes,
      List<AssetSchedule> assets) {
    Map<ProsumerId, Profile> plan = new HashMap<>();
    envelopes.points().forEach(p -> plan.put(p.prosumer(), p.plannedNetImportKw()));
    SecurityCase securityCase =
        new SecurityCase(
            scenario.feeder(),
            scenario.passiveLoads(),
            scenario.connectionPoints(),
            assets,
            envelopes,
            List.of(new Dispatch("plan", plan)),
            options.randomPoints(),
            options.seed().orElse(scenario.seed()));
    return new Inspection(
        inputs, options, scenario, securityCase, options.scrutiny(scenario.operator()));
  }

  /** The same with the envelopes of another file, the scenario as read before. */
  public Inspection withEnvelopes(Inputs others) {
    EnvelopePlan envelopes = EnvelopePlanFile.read(others.envelopes(), scenario);
    return of(others, options, scenario, envelopes, securityCase.assets());
  }

  public Examination examine(AcValidator judge, AcValidator.Progress progress) {
    return judge.examine(securityCase, scrutiny, progress);
  }

  public Optional<Repair> repair(AcValidator judge, Repair.Progress progress) {
    return Repair.of(judge, securityCase, scrutiny, progress);
  }
}
