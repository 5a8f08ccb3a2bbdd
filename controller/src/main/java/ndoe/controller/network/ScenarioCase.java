package ndoe.controller.network;

import java.util.List;
import ndoe.cosim.validation.SecurityCase;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.Dispatch;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Scenario;

/** What of a scenario the judge is shown, who knows no scenario. */
public final class ScenarioCase {
  private ScenarioCase() {}

  /** These envelopes and assets on a scenario’s feeder, with its seed. */
  public static SecurityCase of(
      Scenario scenario,
      EnvelopePlan envelopes,
      List<AssetSchedule> assets,
      List<Dispatch> dispatches,
      int randomPoints) {
    return new SecurityCase(
        scenario.feeder(),
        scenario.passiveLoads(),
        scenario.connectionPoints(),
        assets,
        envelopes,
        dispatches,
        randomPoints,
        scenario.seed());
  }
}
