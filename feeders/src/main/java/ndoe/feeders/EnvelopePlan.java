package ndoe.feeders;

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
