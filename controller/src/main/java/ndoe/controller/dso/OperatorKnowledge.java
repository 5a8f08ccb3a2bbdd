package ndoe.controller.dso;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatorData;
import ndoe.feeders.PassiveLoad;

/**
 * All the operator knows: its network and where prosumers are connected, nothing behind a meter.
 *
 * @param batteryEnergyKwh stored in its own batteries when the horizon begins, kWh, in their order
 */
public record OperatorKnowledge(
    Feeder feeder,
    List<PassiveLoad> passiveLoads,
    List<ConnectionPoint> connectionPoints,
    Horizon horizon,
    OperatorData data,
    List<Double> batteryEnergyKwh) {
  public OperatorKnowledge {
    passiveLoads = List.copyOf(passiveLoads);
    connectionPoints = List.copyOf(connectionPoints);
    batteryEnergyKwh = List.copyOf(batteryEnergyKwh);
  }

  /** As the day begins. */
  public OperatorKnowledge(
      Feeder feeder,
      List<PassiveLoad> passiveLoads,
      List<ConnectionPoint> connectionPoints,
      Horizon horizon,
      OperatorData data) {
    this(
        feeder,
        passiveLoads,
        connectionPoints,
        horizon,
        data,
        data.batteries().stream().map(each -> each.rating().initialEnergyKwh()).toList());
  }

  /** The same operator with other energy in its batteries. */
  public OperatorKnowledge startingFrom(List<Double> energyKwh) {
    return new OperatorKnowledge(feeder, passiveLoads, connectionPoints, horizon, data, energyKwh);
  }

  /** Who draws and feeds in where, with its assets on these schedules. */
  public FeederUse use(List<AssetSchedule> assets) {
    return new FeederUse(feeder, passiveLoads, connectionPoints, assets);
  }

  /** Import capacity of every connection point, MW. */
  double[] importCapacityMw() {
    return connectionPoints.stream().mapToDouble(p -> p.importCapacityKw() / 1000).toArray();
  }

  /** Export capacity of every connection point, MW. */
  double[] exportCapacityMw() {
    return connectionPoints.stream().mapToDouble(p -> p.exportCapacityKw() / 1000).toArray();
  }

  /** Active passive load at every bus, MW; none where the network itself holds the loads. */
  double[] passiveLoadMw(int interval) {
    return atBuses(load -> load.activePowerKw().at(interval) / 1000);
  }

  /** Reactive passive load at every bus, Mvar; none where the network itself holds the loads. */
  double[] passiveLoadMvar(int interval) {
    return atBuses(load -> load.reactivePowerKvar().at(interval) / 1000);
  }

  private double[] atBuses(ToDoubleFunction<PassiveLoad> power) {
    double[] drawn = new double[feeder.buses().size()];
    if (feeder.isBalanced()) {
      Map<BusId, Integer> positions = feeder.busPositions();
      passiveLoads.forEach(load -> drawn[positions.get(load.bus())] += power.applyAsDouble(load));
    }
    return drawn;
  }
}
