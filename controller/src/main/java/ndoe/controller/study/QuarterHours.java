package ndoe.controller.study;

import ndoe.feeders.Horizon;
import ndoe.feeders.Profile;
import ndoe.feeders.Scenario;

/**
 * A scenario with every interval cut into four that hold its values: programs as large as those of
 * quarter-hourly data.
 */
final class QuarterHours {
  private static final int PARTS = 4;

  private QuarterHours() {}

  /** The scenario cut up, with this many samples. */
  static Scenario of(Scenario scenario, int samples) {
    Horizon horizon = scenario.horizon();
    return scenario
        .over(
            new Horizon(
                horizon.start(), horizon.intervalMinutes() / PARTS, PARTS * horizon.intervals()),
            profile -> Profile.generate(PARTS * profile.intervals(), t -> profile.at(t / PARTS)))
        .withUncertainty(scenario.uncertainty().withScenarios(samples));
  }
}
