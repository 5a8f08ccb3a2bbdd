package ndoe.controller.dso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import ndoe.controller.ReferenceDay;
import ndoe.controller.network.LinDistFlow;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.OperatingEnvelope;
import org.junit.jupiter.api.Test;

class OperatorProblemTest {
  private static final OperatorKnowledge OPERATOR = ReferenceDay.operator();
  private static final LinDistFlow NETWORK = new LinDistFlow(OPERATOR.feeder());
  private static final AcMargins NO_MARGINS =
      new AcMargins(OPERATOR.horizon().intervals(), NETWORK);
  private static final OperatorDecision DECISION =
      OperatorProblem.solve(OPERATOR, NO_MARGINS, new InteriorPointSolver());

  /** Where between the two limits each point of the box is, and the state it leads to. */
  private interface Use {
    double netImportKw(OperatingEnvelope envelope);
  }

  private static double[][] draw(EnvelopePlan plan, List<AssetSchedule> assets, int t, Use use) {
    double[][] drawn = new double[2][NETWORK.buses()];
    var positions = OPERATOR.feeder().busPositions();
    OPERATOR
        .passiveLoads()
        .forEach(
            load -> {
              drawn[0][positions.get(load.bus())] += load.activePowerKw().at(t) / 1000;
              drawn[1][positions.get(load.bus())] += load.reactivePowerKvar().at(t) / 1000;
            });
    for (ConnectionPoint point : OPERATOR.connectionPoints()) {
      double net = use.netImportKw(plan.of(point.prosumer()).envelopes().get(t)) / 1000;
      drawn[0][positions.get(point.bus())] += net;
      drawn[1][positions.get(point.bus())] += point.tanPhi() * net;
    }
    for (AssetSchedule asset : assets) {
      drawn[0][positions.get(asset.bus())] -= asset.activePowerKw().at(t) / 1000;
      drawn[1][positions.get(asset.bus())] -= asset.reactivePowerKvar().at(t) / 1000;
    }
    return drawn;
  }

  @Test
  void noUseOfTheEnvelopesBreaksALinearLimit() {
    Random random = new Random(33);
    double lowest = 2;
    double highest = 0;
    for (int point = 0; point < 10_000; point++) {
      int t = point % OPERATOR.horizon().intervals();
      boolean corner = point < 48;
      double side = point < 24 ? 1 : 0;
      double[][] drawn =
          draw(
              DECISION.envelopes(),
              DECISION.assets(),
              t,
              e -> {
                double share = corner ? side : random.nextDouble();
                return share * e.importLimitKw() - (1 - share) * e.exportLimitKw();
              });
      for (int b = 0; b < NETWORK.buses(); b++) {
        double voltage = Math.sqrt(NETWORK.squaredVoltagePu(b, drawn[0], drawn[1]));
        lowest = Math.min(lowest, voltage);
        highest = Math.max(highest, voltage);
      }
      for (int l = 0; l < NETWORK.lines(); l++) {
        double flow = Math.hypot(NETWORK.flow(l, drawn[0]), NETWORK.flow(l, drawn[1]));
        double rating = OPERATOR.feeder().lines().get(l).ratingKva() / 1000;
        assertTrue(flow <= rating, OPERATOR.feeder().lines().get(l).id() + ": " + flow);
      }
    }
    assertTrue(lowest >= 0.95 && highest <= 1.05, lowest + " to " + highest);
    assertTrue(highest > 1.04, "the envelopes leave voltage unused: " + highest);
  }

  @Test
  void passiveLoadAloneNeedsNoSlack() {
    assertEquals(0, DECISION.largestSlack(), 1e-6);
  }

  @Test
  void objectiveIsTheSumOfItsParts() {
    OperatorCost cost = OperatorCost.of(OPERATOR, NETWORK, DECISION.envelopes(), DECISION.assets());
    assertEquals(DECISION.objective(), cost.total(), 1e-3 * Math.abs(cost.total()));
    assertTrue(cost.losses() > 0 && cost.envelopeValue() > 0);
  }

  @Test
  void shrinksLimitsWhenVoltageMarginIsSpent() {
    AcMargins margins = new AcMargins(OPERATOR.horizon().intervals(), NETWORK);
    for (int t = 0; t < OPERATOR.horizon().intervals(); t++) {
      for (int b = 1; b < NETWORK.buses(); b++) {
        margins.raiseHigh(t, b, 0.01);
        margins.raiseLow(t, b, 0.01);
      }
    }
    OperatorDecision tightened =
        OperatorProblem.solve(OPERATOR, margins, new InteriorPointSolver());
    assertTrue(total(tightened) < 0.99 * total(DECISION));
    assertTrue(tightened.objective() > DECISION.objective());
  }

  private static double total(OperatorDecision decision) {
    return decision.envelopes().points().stream()
        .flatMap(point -> point.envelopes().stream())
        .mapToDouble(e -> e.importLimitKw() + e.exportLimitKw())
        .sum();
  }
}
