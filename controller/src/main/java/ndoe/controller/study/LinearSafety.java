package ndoe.controller.study;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.network.DrawnPower;
import ndoe.controller.network.LinDistFlow;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.feeders.Feeder;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Scenario;

/**
 * Tries uses of offered envelopes on the linear network, independently of the rows they were made
 * with (method, 17.2): both corners and random points of the box, every second one a vertex.
 */
public final class LinearSafety {
  /** What the solver may leave of a limit, squared per unit or MVA. */
  private static final double TOLERANCE = 1e-6;

  private final Scenario scenario;
  private final LinDistFlow network;
  private final int randomPoints;

  /** Tries this many random points in every interval, the same for every decision. */
  public LinearSafety(Scenario scenario, int randomPoints) {
    this.scenario = scenario;
    this.network = new LinDistFlow(scenario.feeder());
    this.randomPoints = randomPoints;
  }

  /** How many points break a limit. */
  public int violations(OperatorDecision decision) {
    SplittableRandom random = new SplittableRandom(scenario.seed());
    FeederUse use =
        new FeederUse(
            scenario.feeder(),
            scenario.passiveLoads(),
            scenario.connectionPoints(),
            decision.assets());
    int violations = 0;
    for (int t = 0; t < scenario.horizon().intervals(); t++) {
      violations += breaks(decision, use, t, limits -> limits.importLimitKw()) ? 1 : 0;
      violations += breaks(decision, use, t, limits -> -limits.exportLimitKw()) ? 1 : 0;
      for (int point = 0; point < randomPoints; point++) {
        boolean vertex = point % 2 == 0;
        DoubleUnaryOperator share = x -> vertex ? Math.rint(x) : x;
        boolean broken =
            breaks(
                decision,
                use,
                t,
                limits -> {
                  double width = limits.importLimitKw() + limits.exportLimitKw();
                  double at = share.applyAsDouble(random.nextDouble());
                  return at * width - limits.exportLimitKw();
                });
        violations += broken ? 1 : 0;
      }
    }
    return violations;
  }

  private boolean breaks(
      OperatorDecision decision,
      FeederUse use,
      int t,
      ToDoubleFunction<OperatingEnvelope> netImportKw) {
    double[] netImportsKw =
        scenario.connectionPoints().stream()
            .map(point -> decision.envelopes().of(point.prosumer()).envelopes().get(t))
            .mapToDouble(netImportKw)
            .toArray();
    return breaks(DrawnPower.at(use, t, netImportsKw));
  }

  private boolean breaks(DrawnPower drawn) {
    Feeder feeder = scenario.feeder();
    double low = Math.pow(feeder.voltageLimits().minPu(), 2) - TOLERANCE;
    double high = Math.pow(feeder.voltageLimits().maxPu(), 2) + TOLERANCE;
    for (int bus = 0; bus < network.buses(); bus++) {
      double squared = drawn.squaredVoltagePu(network, bus);
      if (squared < low || squared > high) {
        return true;
      }
    }
    for (int line = 0; line < network.lines(); line++) {
      double rating = feeder.lines().get(line).ratingKva() / 1000;
      if (drawn.flowMva(network, line) > rating + TOLERANCE) {
        return true;
      }
    }
    return false;
  }
}
