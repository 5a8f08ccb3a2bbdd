package ndoe.cosim.validation;

import java.util.List;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Dispatch;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Feeder;
import ndoe.feeders.PassiveLoad;

/**
 * What the judge is asked: these envelopes on this feeder. It knows nobody who made them.
 *
 * @param dispatches uses of the envelopes to be tried besides corners and random points
 * @param randomPoints random points of the box, per interval; every second one is a vertex
 * @param seed of the random points
 */
public record SecurityCase(
    Feeder feeder,
    List<PassiveLoad> passiveLoads,
    List<ConnectionPoint> connectionPoints,
    List<AssetSchedule> assets,
    EnvelopePlan envelopes,
    List<Dispatch> dispatches,
    int randomPoints,
    long seed) {
  public SecurityCase {
    passiveLoads = List.copyOf(passiveLoads);
    connectionPoints = List.copyOf(connectionPoints);
    assets = List.copyOf(assets);
    dispatches = List.copyOf(dispatches);
  }
}
