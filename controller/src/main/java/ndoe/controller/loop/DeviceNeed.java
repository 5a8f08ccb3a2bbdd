package ndoe.controller.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.fleet.Role;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.StorageRating;

/**
 * A device the scenario has, real or emulated.
 *
 * @param rating what it can do, and what it falls back to when its link is lost, kW
 */
record DeviceNeed(DeviceId id, ProsumerId owner, Role role, Rating rating) {
  /** Change of power emulated devices are capable of, fraction of the rating per second. */
  private static final double RAMP_FRACTION_PER_SECOND = 0.2;

  /** What a vehicle’s battery holds when the day starts, fraction. */
  private static final double VEHICLE_SOC_FRACTION = 0.2;

  /** Large enough that a shiftable load never counts as a full storage, kWh per kW. */
  private static final double FLEXIBLE_HOURS = 1e4;

  /**
   * The devices of one prosumer, ids like {@code p18-battery}.
   *
   * @param fallback envelope their reversion powers keep together
   */
  static List<DeviceNeed> of(ProsumerSite site, OperatingEnvelope fallback) {
    SiteSetpoints defaults = Dispatcher.defaults(fallback, SiteRatings.of(site));
    List<DeviceNeed> needs = new ArrayList<>();
    site.pv()
        .ifPresent(
            pv ->
                needs.add(
                    need(site, Role.PV, Rating.generator(pv.peakKw(), defaults.pvLimitKw()))));
    site.wind()
        .ifPresent(
            wind ->
                needs.add(
                    need(
                        site, Role.WIND, Rating.generator(wind.peakKw(), defaults.windLimitKw()))));
    site.microTurbine()
        .ifPresent(
            turbine ->
                needs.add(need(site, Role.MICRO_TURBINE, Rating.generator(turbine.powerKw(), 0))));
    site.battery().ifPresent(battery -> needs.add(need(site, Role.BATTERY, storage(battery))));
    site.vehicle()
        .ifPresent(
            vehicle ->
                needs.add(
                    need(
                        site,
                        Role.VEHICLE,
                        Rating.storage(
                            0,
                            vehicle.powerKw(),
                            vehicle.energyKwh(),
                            ProsumerSite.ElectricVehicle.CHARGING_EFFICIENCY,
                            0,
                            1,
                            Math.min(
                                VEHICLE_SOC_FRACTION,
                                1 - vehicle.requiredKwh() / vehicle.energyKwh())))));
    double load = site.loadKw().stream().max().orElse(0);
    double flexible = 2 * site.flexibleLoadFraction() * load;
    if (flexible > 0) {
      needs.add(
          need(
              site,
              Role.FLEXIBLE_LOAD,
              Rating.storage(0, flexible, FLEXIBLE_HOURS * flexible, 1, 0, 1, 0)));
    }
    if (load > 0) {
      needs.add(need(site, Role.METER, Rating.load(load)));
    }
    return needs;
  }

  private static Rating storage(StorageRating battery) {
    return Rating.storage(
        battery.powerKw(),
        battery.powerKw(),
        battery.energyKwh(),
        battery.efficiency(),
        battery.socMinFraction(),
        battery.socMaxFraction(),
        battery.socInitialFraction());
  }

  private static DeviceNeed need(ProsumerSite site, Role role, Rating rating) {
    String name = (site.id() + "-" + role.name()).toLowerCase(Locale.ROOT);
    return new DeviceNeed(
        new DeviceId(name.replace("_load", "").replace('_', '-')),
        site.id(),
        role,
        rating.withRamp(RAMP_FRACTION_PER_SECOND));
  }
}
