package ndoe.controller.prosumer;

import ndoe.feeders.Horizon;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.StorageRating;
import ndoe.feeders.Tariff;

/**
 * What a prosumer’s day really costs, interval by interval: its plan at the retailer, the
 * difference of what it did in real time, wear, fuel, and what was not used or not served (method,
 * 4.2). In the scenario’s currency; payments between prosumers are not part of it.
 */
public final class RealisedCost {
  private final ProsumerSite site;
  private final Horizon horizon;
  private final Tariff tariff;

  public RealisedCost(ProsumerSite site, Horizon horizon, Tariff tariff) {
    this.site = site;
    this.horizon = horizon;
    this.tariff = tariff;
  }

  /**
   * One interval.
   *
   * @param plannedKw net import agreed for it, kW
   * @param purchaseKw of that bought from other prosumers, kW
   */
  public double of(int interval, double plannedKw, double purchaseKw, DeviceSchedule done) {
    double hours = horizon.intervalHours();
    double buy = tariff.retailBuyPerKwh().at(interval);
    double sell = tariff.retailSellPerKwh().at(interval);
    double retail = plannedKw - purchaseKw;
    double deviation = done.netImportKw() - plannedKw;
    double wear = site.battery().map(StorageRating::wearPerKwh).orElse(0.0);
    double fuel = site.microTurbine().map(turbine -> turbine.costPerKwh()).orElse(0.0);
    return hours
        * (retail * (retail > 0 ? buy : sell)
            + deviation
                * (deviation > 0
                    ? tariff.realtimeBuyFactor() * buy
                    : tariff.realtimeSellFactor() * sell)
            + wear * Math.abs(done.batteryKw())
            + fuel * done.turbineKw()
            + site.curtailmentPricePerKwh() * done.curtailedKw()
            + site.shedPricePerKwh() * done.shedKw());
  }

  /** What is missing when the horizon ends. */
  public double ofEnd(DeviceState end) {
    double dearest = tariff.retailBuyPerKwh().stream().max().orElse(0);
    double due =
        site.battery().map(StorageRating::initialEnergyKwh).orElse(0.0) - end.batteryEnergyKwh();
    double vehicle =
        site.vehicle()
            .map(v -> v.unservedPricePerKwh() * Math.max(0, end.vehicleEnergyKwh()))
            .orElse(0.0);
    return Math.max(0, due) * tariff.realtimeBuyFactor() * dearest + vehicle;
  }
}
