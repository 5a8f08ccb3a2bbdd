package ndoe.controller.negotiation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
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

  /** The smallest limits of the day in every interval. */
  static EnvelopePlan smallestOverTheDay(EnvelopePlan plan) {
    return plan.withLimits(
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

  /** The same, but the default envelope for some, or what of it they were offered. */
  static EnvelopePlan leavingAtDefault(
      EnvelopePlan plan, Set<ProsumerId> some, List<ConnectionPoint> points) {
    Map<ProsumerId, OperatingEnvelope> defaults =
        points.stream()
            .collect(Collectors.toMap(ConnectionPoint::prosumer, ConnectionPoint::defaultEnvelope));
    return plan.withLimits(
        (point, t) ->
            some.contains(point.prosumer())
                ? point.envelopes().get(t).within(defaults.get(point.prosumer()))
                : point.envelopes().get(t));
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
    return plan.withLimits(
        (point, t) -> {
          double planned = point.plannedNetImportKw().at(t);
          return new OperatingEnvelope(Math.max(0, planned), Math.max(0, -planned));
        });
  }
}
