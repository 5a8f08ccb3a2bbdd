package ndoe.controller.dso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import ndoe.controller.ReferenceDay;
import ndoe.controller.network.LinDistFlow;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.OperatorData;
import ndoe.feeders.OperatorData.Fairness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the fairness modes do to the operator’s offers on the reference day (method, 3.2). */
class FairnessTest {
  private static final int NOON = 12;
  private static final Map<Fairness, OperatorDecision> DECISIONS = new EnumMap<>(Fairness.class);

  @BeforeAll
  static void decideInEveryMode() {
    OperatorKnowledge operator = ReferenceDay.operator();
    LinDistFlow network = new LinDistFlow(operator.feeder());
    for (Fairness fairness : Fairness.values()) {
      OperatorData data = operator.data();
      OperatorKnowledge fair =
          new OperatorKnowledge(
              operator.feeder(),
              operator.passiveLoads(),
              operator.connectionPoints(),
              operator.horizon(),
              new OperatorData(
                  data.lossPricePerKwh(),
                  data.envelopeValueSlope(),
                  data.envelopeValueCurvature(),
                  fairness,
                  data.riskMode(),
                  data.violationProbability(),
                  data.loadForecastErrorFraction(),
                  data.loadForecastCorrelation(),
                  data.staticVarCompensators(),
                  data.batteries()));
      AcMargins none = new AcMargins(operator.horizon().intervals(), network);
      OperatorDecision decision = OperatorProblem.solve(fair, none, new InteriorPointSolver());
      OperatorCost cost = OperatorCost.of(fair, network, decision.envelopes(), decision.assets());
      assertEquals(
          decision.objective(), cost.total(), 2e-3 * Math.abs(cost.total()), fairness + " value");
      DECISIONS.put(fairness, decision);
    }
  }

  private static double[] exports(Fairness fairness) {
    return DECISIONS.get(fairness).envelopes().points().stream()
        .map(point -> point.envelopes().get(NOON))
        .mapToDouble(OperatingEnvelope::exportLimitKw)
        .toArray();
  }

  private static double sum(Fairness fairness) {
    double sum = 0;
    for (double limit : exports(fairness)) {
      sum += limit;
    }
    return sum;
  }

  /** Smallest limits of every interval, both directions, summed over the day, kW. */
  private static double smallest(Fairness fairness) {
    EnvelopePlan plan = DECISIONS.get(fairness).envelopes();
    double sum = 0;
    for (int t = 0; t < plan.horizon().intervals(); t++) {
      double smallestImport = Double.POSITIVE_INFINITY;
      double smallestExport = Double.POSITIVE_INFINITY;
      for (EnvelopePlan.PointPlan point : plan.points()) {
        OperatingEnvelope envelope = point.envelopes().get(t);
        smallestImport = Math.min(smallestImport, envelope.importLimitKw());
        smallestExport = Math.min(smallestExport, envelope.exportLimitKw());
      }
      sum += smallestImport + smallestExport;
    }
    return sum;
  }

  /** Jain, Chiu and Hawe, 1984: 1 when all are equal. */
  private static double jain(Fairness fairness) {
    double squares = 0;
    for (double limit : exports(fairness)) {
      squares += limit * limit;
    }
    return sum(fairness) * sum(fairness) / exports(fairness).length / squares;
  }

  @Test
  void nothingLeavesMoreInSumThanTheSum() {
    for (Fairness fairness : Fairness.values()) {
      assertTrue(sum(fairness) <= sum(Fairness.SUM) + 5, fairness + ": " + sum(fairness));
    }
    assertTrue(sum(Fairness.EQUAL) < sum(Fairness.SUM) - 100);
  }

  @Test
  void nothingLeavesTheSmallestMoreThanTheLargestSmallest() {
    for (Fairness fairness : Fairness.values()) {
      assertTrue(
          smallest(fairness) <= 1.01 * smallest(Fairness.MAXMIN),
          fairness + " " + smallest(fairness) + " of " + smallest(Fairness.MAXMIN));
    }
    assertTrue(smallest(Fairness.SUM) < 0.9 * smallest(Fairness.MAXMIN));
  }

  @Test
  void equalMeansEqual() {
    for (double limit : exports(Fairness.EQUAL)) {
      assertEquals(exports(Fairness.EQUAL)[0], limit, 0.01);
    }
  }

  @Test
  void curvatureAndLogarithmEvenOut() {
    assertTrue(jain(Fairness.SUM) < jain(Fairness.QUADRATIC));
    assertTrue(jain(Fairness.SUM) < jain(Fairness.PROPORTIONAL));
    assertEquals(1, jain(Fairness.EQUAL), 1e-6);
  }
}
