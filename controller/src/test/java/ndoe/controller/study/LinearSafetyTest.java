package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import ndoe.controller.ReferenceDay;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.dso.OperatorProblem;
import ndoe.controller.network.LinDistFlow;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;

class LinearSafetyTest {
  private static final int RANDOM_POINTS = 20;

  private final Scenario scenario = ReferenceDay.scenario();
  private final LinearSafety safety = new LinearSafety(scenario, RANDOM_POINTS);

  private OperatorDecision decision() {
    LinDistFlow network = new LinDistFlow(scenario.feeder());
    return OperatorProblem.solve(
        ReferenceDay.operator(),
        new AcMargins(scenario.horizon().intervals(), network),
        new InteriorPointSolver());
  }

  @Test
  void robustDecisionKeepsEveryLimitAtEveryPoint() {
    assertEquals(0, safety.violations(decision()));
  }

  @Test
  void envelopesAsLargeAsTheConnectionsAreFoundUnsafe() {
    OperatorDecision decision = decision();
    OperatingEnvelope whole = new OperatingEnvelope(1000, 1000);
    EnvelopePlan tooLarge =
        new EnvelopePlan(
            scenario.horizon(),
            decision.envelopes().points().stream()
                .map(
                    point ->
                        new EnvelopePlan.PointPlan(
                            point.prosumer(),
                            point.bus(),
                            point.envelopes().stream().map(envelope -> whole).toList(),
                            point.plannedNetImportKw()))
                .toList());
    OperatorDecision unsafe =
        new OperatorDecision(tooLarge, List.copyOf(decision.assets()), 0, List.of(), 0);
    assertTrue(safety.violations(unsafe) > 0);
  }
}
