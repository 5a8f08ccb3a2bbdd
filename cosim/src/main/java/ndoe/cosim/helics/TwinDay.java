package ndoe.cosim.helics;

import java.util.List;
import java.util.Optional;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;

/**
 * The day the twin goes through, with what holds where no federate says otherwise.
 *
 * @param plan envelopes and planned draw; without it a prosumer may use the whole capacity of its
 *     connection, and draws its load less all its PV and wind could give, its storage idle
 * @param assets what the operator’s own assets do
 */
public record TwinDay(Scenario scenario, Optional<EnvelopePlan> plan, List<AssetSchedule> assets) {
  private static final double SECONDS_PER_MINUTE = 60;

  public TwinDay {
    assets = List.copyOf(assets);
  }

  /** Length of one interval, s. */
  public double intervalSeconds() {
    return SECONDS_PER_MINUTE * scenario.horizon().intervalMinutes();
  }

  /** Length of the day, s. */
  public double seconds() {
    return intervalSeconds() * scenario.horizon().intervals();
  }

  /** Position of the interval a time is in, s after the start of the horizon. */
  int intervalAt(double timeSeconds) {
    return (int) Math.floor(timeSeconds / intervalSeconds());
  }

  /** What a prosumer draws unless it says otherwise, kW, negative when feeding in. */
  double plannedNetImportKw(ProsumerSite site, int interval) {
    Optional<PointPlan> planned = plan.map(each -> each.of(site.id()));
    if (planned.isPresent()) {
      return planned.get().plannedNetImportKw().at(interval);
    }
    return site.loadKw().at(interval)
        - site.pv().map(plant -> plant.availablePowerKw().at(interval)).orElse(0.0)
        - site.wind().map(plant -> plant.availablePowerKw().at(interval)).orElse(0.0);
  }

  /** The envelope that holds for a prosumer unless the federation sets another. */
  OperatingEnvelope envelope(ProsumerSite site, int interval) {
    ConnectionPoint point = site.connectionPoint();
    return plan.map(each -> each.of(site.id()).envelopes().get(interval))
        .orElse(new OperatingEnvelope(point.importCapacityKw(), point.exportCapacityKw()));
  }
}
