package ndoe.controller.study;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.network.LinDistFlow;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.PassiveLoad;
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
  private final Map<BusId, Integer> positions;
  private final int randomPoints;

  /** Tries this many random points in every interval, the same for every decision. */
  public LinearSafety(Scenario scenario, int randomPoints) {
    this.scenario = scenario;
    this.network = new LinDistFlow(scenario.feeder());
    this.positions = scenario.feeder().busPositions();
    this.randomPoints = randomPoints;
  }

  /** How many points break a limit. */
  public int violations(OperatorDecision decision) {
    SplittableRandom random = new SplittableRandom(scenario.seed());
    int violations = 0;
    for (int t = 0; t < scenario.horizon().intervals(); t++) {
      violations += breaks(decision, t, limits -> limits.importLimitKw()) ? 1 : 0;
      violations += breaks(decision, t, limits -> -limits.exportLimitKw()) ? 1 : 0;
      for (int point = 0; point < randomPoints; point++) {
        boolean vertex = point % 2 == 0;
        DoubleUnaryOperator share = x -> vertex ? Math.rint(x) : x;
        boolean broken =
            breaks(
                decision,
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

  private interface Use {
    double netImportKw(OperatingEnvelope envelope);
  }

  private boolean breaks(OperatorDecision decision, int t, Use use) {
    double[] active = new double[network.buses()];
    double[] reactive = new double[network.buses()];
    for (PassiveLoad load : scenario.passiveLoads()) {
      active[positions.get(load.bus())] += load.activePowerKw().at(t) / 1000;
      reactive[positions.get(load.bus())] += load.reactivePowerKvar().at(t) / 1000;
    }
    for (AssetSchedule asset : decision.assets()) {
      active[positions.get(asset.bus())] -= asset.activePowerKw().at(t) / 1000;
      reactive[positions.get(asset.bus())] -= asset.reactivePowerKvar().at(t) / 1000;
    }
    List<ConnectionPoint> points = scenario.connectionPoints();
    for (ConnectionPoint point : points) {
      OperatingEnvelope envelope = decision.envelopes().of(point.prosumer()).envelopes().get(t);
      double drawn = use.netImportKw(envelope) / 1000;
      active[positions.get(point.bus())] += drawn;
      reactive[positions.get(point.bus())] += point.tanPhi() * drawn;
    }
    return breaks(active, reactive);
  }

  private boolean breaks(double[] active, double[] reactive) {
    Feeder feeder = scenario.feeder();
    double low = Math.pow(feeder.voltageLimits().minPu(), 2) - TOLERANCE;
    double high = Math.pow(feeder.voltageLimits().maxPu(), 2) + TOLERANCE;
    for (int bus = 0; bus < network.buses(); bus++) {
      double squared = network.squaredVoltagePu(bus, active, reactive);
      if (squared < low || squared > high) {
        return true;
      }
    }
    for (int line = 0; line < network.lines(); line++) {
      double flow = Math.hypot(network.flow(line, active), network.flow(line, reactive));
      if (flow > feeder.lines().get(line).ratingKva() / 1000 + TOLERANCE) {
        return true;
      }
    }
    return false;
  }
}
