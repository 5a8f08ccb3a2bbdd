package ndoe.controller.prosumer;

import ndoe.feeders.Horizon;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.StorageRating;

/**
 * Where a prosumer’s devices are at the start of an interval.
 *
 * @param batteryEnergyKwh stored energy, kWh
 * @param flexibleEnergyKwh shiftable energy still due until the end of the horizon, kWh
 * @param vehicleEnergyKwh energy the vehicle’s battery still needs, kWh
 */
public record DeviceState(
    int interval, double batteryEnergyKwh, double flexibleEnergyKwh, double vehicleEnergyKwh) {

  /** The state after an interval in which the devices did this. */
  public DeviceState after(DeviceSchedule done, ProsumerSite site, Horizon horizon) {
    double hours = horizon.intervalHours();
    return new DeviceState(
        interval + 1,
        site.battery()
            .map(b -> b.energyAfterKwh(batteryEnergyKwh, done.batteryKw(), hours))
            .orElse(batteryEnergyKwh),
        flexibleEnergyKwh - hours * done.flexibleKw(),
        vehicleEnergyKwh
            - hours * ProsumerSite.ElectricVehicle.CHARGING_EFFICIENCY * done.vehicleKw());
  }

  /** The same energies, as an interval of another horizon. */
  public DeviceState at(int otherInterval) {
    return new DeviceState(otherInterval, batteryEnergyKwh, flexibleEnergyKwh, vehicleEnergyKwh);
  }

  /** The state every plan starts from. */
  public static DeviceState initial(ProsumerSite site, Horizon horizon) {
    return new DeviceState(
        0,
        site.battery().map(StorageRating::initialEnergyKwh).orElse(0.0),
        site.flexibleLoadFraction() * site.loadKw().stream().sum() * horizon.intervalHours(),
        site.vehicle().map(v -> v.requiredKwh()).orElse(0.0));
  }
}
