package ndoe.cosim.validation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Dispatch;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Feeder;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.PassiveLoad;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

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

  /** Who draws and feeds in where. */
  FeederUse use() {
    return new FeederUse(feeder, passiveLoads, connectionPoints, assets);
  }

  /** The same with every limit times a factor; dispatches are cut back into them. */
  public SecurityCase times(double factor) {
    return with(envelopes.times(factor));
  }

  /** The same with other envelopes, dispatches cut back into them. */
  public SecurityCase with(EnvelopePlan others) {
    return new SecurityCase(
        feeder,
        passiveLoads,
        connectionPoints,
        assets,
        others,
        dispatches.stream().map(dispatch -> inside(dispatch, others)).toList(),
        randomPoints,
        seed);
  }

  private static Dispatch inside(Dispatch dispatch, EnvelopePlan envelopes) {
    Map<ProsumerId, Profile> netImportKw = new HashMap<>();
    dispatch
        .netImportKw()
        .forEach(
            (prosumer, kw) -> {
              List<OperatingEnvelope> limits = envelopes.of(prosumer).envelopes();
              netImportKw.put(
                  prosumer, Profile.generate(limits.size(), t -> limits.get(t).nearest(kw.at(t))));
            });
    return new Dispatch(dispatch.name(), netImportKw);
  }
}
