package ndoe.controller;

import java.nio.file.Path;
import ndoe.controller.dso.OperatorKnowledge;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;

/** The reference scenario, read once for all tests. */
public final class ReferenceDay {
  public static final Path FILE = Path.of("../feeders/ieee33/ieee33-improved.yaml");

  private static final Scenario SCENARIO = ScenarioFile.read(FILE);

  private ReferenceDay() {}

  public static Scenario scenario() {
    return SCENARIO;
  }

  /** What the operator of the reference feeder knows. */
  public static OperatorKnowledge operator() {
    return new OperatorKnowledge(
        SCENARIO.feeder(),
        SCENARIO.passiveLoads(),
        SCENARIO.connectionPoints(),
        SCENARIO.horizon(),
        SCENARIO.operator());
  }
}
