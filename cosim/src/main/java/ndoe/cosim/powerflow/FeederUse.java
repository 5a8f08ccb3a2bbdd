package ndoe.cosim.powerflow;

import java.util.List;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;
import ndoe.feeders.PassiveLoad;

/**
 * Who draws and feeds in where: passive loads and the operator’s assets as scheduled, connection
 * points as told, each with the reactive power its tan φ adds. Unchangeable.
 */
public final class FeederUse {
  private final int terminals;
  private final List<PassiveLoad> passiveLoads;
  private final List<ConnectionPoint> connectionPoints;
  private final List<AssetSchedule> assets;
  private final int[][] terminalsOfLoad;
  private final int[][] terminalsOfPoint;
  private final int[][] terminalsOfAsset;

  /**
   * Finds the buses.
   *
   * @throws IllegalArgumentException naming what is at a bus the feeder does not have
   */
  public FeederUse(
      Feeder feeder,
      List<PassiveLoad> passiveLoads,
      List<ConnectionPoint> connectionPoints,
      List<AssetSchedule> assets) {
    this.passiveLoads = List.copyOf(passiveLoads);
    this.connectionPoints = List.copyOf(connectionPoints);
    this.assets = List.copyOf(assets);
    terminals = feeder.terminals();
    terminalsOfLoad = passiveLoads.stream().map(feeder::terminalsOf).toArray(int[][]::new);
    terminalsOfPoint =
        connectionPoints.stream()
            .map(point -> feeder.requireAt(point.bus(), point.prosumer()))
            .toArray(int[][]::new);
    terminalsOfAsset =
        assets.stream()
            .map(asset -> feeder.requireAt(asset.bus(), asset.asset()))
            .toArray(int[][]::new);
  }

  /** Nothing injected anywhere, to be filled by {@link #put}. */
  public Injections injections() {
    return new Injections(terminals);
  }

  public List<ConnectionPoint> connectionPoints() {
    return connectionPoints;
  }

  /**
   * Puts the injections of one interval in place of what was there.
   *
   * @param netImportKw of each connection point in their order, kW, negative when feeding in
   */
  public void put(int interval, double[] netImportKw, Injections target) {
    target.clear();
    for (int load = 0; load < terminalsOfLoad.length; load++) {
      PassiveLoad each = passiveLoads.get(load);
      target.share(
          terminalsOfLoad[load],
          -each.activePowerKw().at(interval),
          -each.reactivePowerKvar().at(interval));
    }
    for (int asset = 0; asset < terminalsOfAsset.length; asset++) {
      AssetSchedule each = assets.get(asset);
      target.share(
          terminalsOfAsset[asset],
          each.activePowerKw().at(interval),
          each.reactivePowerKvar().at(interval));
    }
    for (int point = 0; point < terminalsOfPoint.length; point++) {
      double tanPhi = connectionPoints.get(point).tanPhi();
      target.share(terminalsOfPoint[point], -netImportKw[point], -netImportKw[point] * tanPhi);
    }
  }
}
