package ndoe.controller.negotiation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/** Envelope plans made from others. */
final class Envelopes {
  private Envelopes() {}

  /** Every limit times a factor. */
  static EnvelopePlan times(EnvelopePlan plan, double factor) {
    return changed(
        plan,
        (point, t) -> {
          OperatingEnvelope envelope = point.envelopes().get(t);
          return new OperatingEnvelope(
              factor * envelope.importLimitKw(), factor * envelope.exportLimitKw());
        });
  }

  /** The smallest limits of the day in every interval. */
  static EnvelopePlan smallestOverTheDay(EnvelopePlan plan) {
    return changed(
        plan,
        (point, t) ->
            new OperatingEnvelope(
                smallest(point, OperatingEnvelope::importLimitKw),
                smallest(point, OperatingEnvelope::exportLimitKw)));
  }

  private static double smallest(PointPlan point, ToDoubleFunction<OperatingEnvelope> limit) {
    return point.envelopes().stream().mapToDouble(limit).min().orElse(0);
  }

  /** What the connections themselves can carry, without a network behind them. */
  static EnvelopePlan capacities(Horizon horizon, List<ConnectionPoint> points) {
    return constant(
        horizon,
        points,
        point -> new OperatingEnvelope(point.importCapacityKw(), point.exportCapacityKw()));
  }

  /** No exchange at all. */
  static EnvelopePlan none(Horizon horizon, List<ConnectionPoint> points) {
    return constant(horizon, points, point -> new OperatingEnvelope(0, 0));
  }

  private static EnvelopePlan constant(
      Horizon horizon,
      List<ConnectionPoint> points,
      Function<ConnectionPoint, OperatingEnvelope> envelope) {
    return new EnvelopePlan(
        horizon,
        points.stream()
            .map(
                point ->
                    new PointPlan(
                        point.prosumer(),
                        point.bus(),
                        Collections.nCopies(horizon.intervals(), envelope.apply(point)),
                        Profile.constant(0, horizon.intervals())))
            .toList());
  }

  /** The same envelopes with these plans. */
  static EnvelopePlan withPlans(EnvelopePlan plan, Map<ProsumerId, Profile> plannedNetImportKw) {
    return new EnvelopePlan(
        plan.horizon(),
        plan.points().stream()
            .map(
                point ->
                    new PointPlan(
                        point.prosumer(),
                        point.bus(),
                        point.envelopes(),
                        plannedNetImportKw.get(point.prosumer())))
            .toList());
  }

  /** The smallest envelopes that hold the plans. */
  static EnvelopePlan aroundPlans(EnvelopePlan plan) {
    return changed(
        plan,
        (point, t) -> {
          double planned = point.plannedNetImportKw().at(t);
          return new OperatingEnvelope(Math.max(0, planned), Math.max(0, -planned));
        });
  }

  private interface Change {
    OperatingEnvelope at(PointPlan point, int interval);
  }

  /** Envelopes changed, plans cut back into them. */
  private static EnvelopePlan changed(EnvelopePlan plan, Change change) {
    int intervals = plan.horizon().intervals();
    List<PointPlan> points = new ArrayList<>();
    for (PointPlan point : plan.points()) {
      List<OperatingEnvelope> envelopes = new ArrayList<>();
      for (int t = 0; t < intervals; t++) {
        envelopes.add(change.at(point, t));
      }
      Profile planned =
          Profile.generate(
              intervals, t -> envelopes.get(t).nearest(point.plannedNetImportKw().at(t)));
      points.add(new PointPlan(point.prosumer(), point.bus(), envelopes, planned));
    }
    return new EnvelopePlan(plan.horizon(), points);
  }
}
