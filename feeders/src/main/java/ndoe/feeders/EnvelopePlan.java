package ndoe.feeders;

import java.util.ArrayList;
import java.util.List;

/** Envelopes of every connection point over a horizon. */
public record EnvelopePlan(Horizon horizon, List<PointPlan> points) {
  public EnvelopePlan {
    points = List.copyOf(points);
  }

  public PointPlan of(ProsumerId prosumer) {
    return points.stream()
        .filter(point -> point.prosumer().equals(prosumer))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no envelopes for prosumer " + prosumer));
  }

  /** What a limit becomes. */
  @FunctionalInterface
  public interface NewLimits {
    OperatingEnvelope at(PointPlan point, int interval);
  }

  /** Other limits everywhere, plans cut back into them. */
  public EnvelopePlan withLimits(NewLimits limits) {
    List<PointPlan> changed = new ArrayList<>();
    for (PointPlan point : points) {
      List<OperatingEnvelope> envelopes = new ArrayList<>();
      for (int t = 0; t < horizon.intervals(); t++) {
        envelopes.add(limits.at(point, t));
      }
      Profile planned =
          Profile.generate(
              horizon.intervals(), t -> envelopes.get(t).nearest(point.plannedNetImportKw().at(t)));
      changed.add(new PointPlan(point.prosumer(), point.bus(), envelopes, planned));
    }
    return new EnvelopePlan(horizon, changed);
  }

  /** Every limit times a factor, plans cut back into them. */
  public EnvelopePlan times(double factor) {
    return withLimits((point, t) -> point.envelopes().get(t).times(factor));
  }

  /**
   * Envelopes of one connection point.
   *
   * @param envelopes one per interval
   * @param plannedNetImportKw planned draw, kW, negative when feeding in; inside the envelope
   */
  public record PointPlan(
      ProsumerId prosumer,
      BusId bus,
      List<OperatingEnvelope> envelopes,
      Profile plannedNetImportKw) {
    public PointPlan {
      envelopes = List.copyOf(envelopes);
    }
  }
}
