package ndoe.controller.study;

import java.util.List;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.network.ScenarioCase;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.Scrutiny;
import ndoe.cosim.validation.Verdict;
import ndoe.feeders.Scenario;

/** What offers break when everybody uses them, on the linear and on the AC network. */
final class OfferSafety {
  private final Scenario scenario;
  private final AcValidator judge;
  private final LinearSafety linear;
  private final int randomPoints;

  /** Tries corners and this many random points in every interval. */
  OfferSafety(Scenario scenario, AcValidator judge, int randomPoints) {
    this.scenario = scenario;
    this.judge = judge;
    this.linear = new LinearSafety(scenario, randomPoints);
    this.randomPoints = randomPoints;
  }

  int linearViolations(OperatorDecision decision) {
    return linear.violations(decision);
  }

  int acViolations(OperatorDecision decision) {
    Verdict verdict =
        judge.validate(
            ScenarioCase.of(
                scenario, decision.envelopes(), decision.assets(), List.of(), randomPoints),
            Scrutiny.pointsOnly());
    return verdict instanceof Verdict.Violated violated ? violated.violations().size() : 0;
  }
}
