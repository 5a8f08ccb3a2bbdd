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

  public List<PassiveLoad> passiveLoads() {
    return passiveLoads;
  }

  public List<AssetSchedule> assets() {
    return assets;
  }

  /**
   * Puts the injections of one interval in place of what was there.
   *
   * @param netImportKw of each connection point in their order, kW, negative when feeding in
   */
  public void put(int interval, double[] netImportKw, Injections target) {
    putOthers(interval, target);
    addExchange(netImportKw, reactivePowerKvar(netImportKw), target);
  }

  /** Reactive power each connection point draws with this active power by its tan φ, kvar. */
  private double[] reactivePowerKvar(double[] netImportKw) {
    double[] kvar = new double[netImportKw.length];
    for (int point = 0; point < kvar.length; point++) {
      kvar[point] = netImportKw[point] * connectionPoints.get(point).tanPhi();
    }
    return kvar;
  }

  /** Puts what no prosumer decides, passive loads and assets, in place of what was there. */
  public void putOthers(int interval, Injections target) {
    target.clear();
    for (int load = 0; load < terminalsOfLoad.length; load++) {
      addLoad(load, interval, 1, target);
    }
    for (int asset = 0; asset < terminalsOfAsset.length; asset++) {
      addAsset(asset, interval, target);
    }
  }

  /**
   * The same with passive loads other than forecast.
   *
   * @param loadFactors what each passive load is of its forecast, active and reactive alike
   */
  public void putOthers(int interval, double[] loadFactors, Injections target) {
    target.clear();
    for (int load = 0; load < terminalsOfLoad.length; load++) {
      addLoad(load, interval, loadFactors[load], target);
    }
    for (int asset = 0; asset < terminalsOfAsset.length; asset++) {
      addAsset(asset, interval, target);
    }
  }

  /**
   * The same with one asset out of service.
   *
   * @param lostAsset its position among {@link #assets()}
   */
  public void putOthersWithout(int lostAsset, int interval, Injections target) {
    target.clear();
    for (int load = 0; load < terminalsOfLoad.length; load++) {
      addLoad(load, interval, 1, target);
    }
    for (int asset = 0; asset < terminalsOfAsset.length; asset++) {
      if (asset != lostAsset) {
        addAsset(asset, interval, target);
      }
    }
  }

  /**
   * Adds what the connection points draw, in their order.
   *
   * @param netImportKw active power drawn, kW, negative when feeding in
   * @param reactivePowerKvar reactive power drawn, kvar
   */
  public void addExchange(double[] netImportKw, double[] reactivePowerKvar, Injections target) {
    for (int point = 0; point < terminalsOfPoint.length; point++) {
      target.share(terminalsOfPoint[point], -netImportKw[point], -reactivePowerKvar[point]);
    }
  }

  private void addLoad(int load, int interval, double factor, Injections target) {
    PassiveLoad each = passiveLoads.get(load);
    target.share(
        terminalsOfLoad[load],
        -factor * each.activePowerKw().at(interval),
        -factor * each.reactivePowerKvar().at(interval));
  }

  private void addAsset(int asset, int interval, Injections target) {
    AssetSchedule each = assets.get(asset);
    target.share(
        terminalsOfAsset[asset],
        each.activePowerKw().at(interval),
        each.reactivePowerKvar().at(interval));
  }
}
