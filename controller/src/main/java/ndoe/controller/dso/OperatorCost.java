package ndoe.controller.dso;

import java.util.List;
import ndoe.controller.network.DrawnPower;
import ndoe.controller.network.Linearisation;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.OperatingEnvelope;

/**
 * The parts of the operator’s objective at the prosumers’ plans (method, 3.2), in the scenario’s
 * currency for the whole horizon.
 *
 * @param losses cost of the linear network’s losses
 * @param batteryWear cost of using its own batteries
 * @param compensation cost of static var compensation
 * @param envelopeValue value of the freedom left to the prosumers, counted as a gain
 * @param lossesKwh the linear network’s losses, kWh
 */
public record OperatorCost(
    double losses,
    double batteryWear,
    double compensation,
    double envelopeValue,
    double lossesKwh) {

  /** What running the network costs. */
  public double network() {
    return losses + batteryWear + compensation;
  }

  public double total() {
    return network() - envelopeValue;
  }

  public static OperatorCost of(
      OperatorKnowledge operator,
      Linearisation network,
      EnvelopePlan envelopes,
      List<AssetSchedule> assets) {
    FeederUse use = operator.use(assets);
    double hours = operator.horizon().intervalHours();
    double lossesMwh = 0;
    double svcMvarSquaredHours = 0;
    double value = 0;
    for (int t = 0; t < operator.horizon().intervals(); t++) {
      int at = t;
      double[] plannedKw =
          operator.connectionPoints().stream()
              .mapToDouble(p -> envelopes.of(p.prosumer()).plannedNetImportKw().at(at))
              .toArray();
      DrawnPower drawn = DrawnPower.at(use, t, plannedKw);
      value += hours * envelopeValue(operator, envelopes, t);
      for (AssetSchedule asset : assets) {
        double mvar = asset.reactivePowerKvar().at(t) / 1000;
        svcMvarSquaredHours += hours * mvar * mvar;
      }
      lossesMwh += hours * drawn.lossesMw(network.importing(t));
    }
    return new OperatorCost(
        1000 * operator.data().lossPricePerKwh() * lossesMwh,
        batteryWear(operator, assets),
        1000 * 0.5 * OwnAssets.SVC_COST * svcMvarSquaredHours,
        1000 * value,
        1000 * lossesMwh);
  }

  private static double envelopeValue(OperatorKnowledge operator, EnvelopePlan plan, int t) {
    int points = operator.connectionPoints().size();
    double[] importMw = new double[points];
    double[] exportMw = new double[points];
    for (int n = 0; n < points; n++) {
      ConnectionPoint point = operator.connectionPoints().get(n);
      OperatingEnvelope envelope = plan.of(point.prosumer()).envelopes().get(t);
      importMw[n] = envelope.importLimitKw() / 1000;
      exportMw[n] = envelope.exportLimitKw() / 1000;
    }
    return new EnvelopeValue(operator.data(), operator.importCapacityMw()).of(importMw)
        + new EnvelopeValue(operator.data(), operator.exportCapacityMw()).of(exportMw);
  }

  private static double batteryWear(OperatorKnowledge operator, List<AssetSchedule> assets) {
    double wear = 0;
    for (var battery : operator.data().batteries()) {
      for (AssetSchedule asset : assets) {
        if (asset.asset().equals(battery.id())) {
          wear +=
              battery.rating().wearPerKwh()
                  * operator.horizon().intervalHours()
                  * asset.activePowerKw().stream().map(Math::abs).sum();
        }
      }
    }
    return wear;
  }
}
