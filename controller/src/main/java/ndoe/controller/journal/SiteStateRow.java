package ndoe.controller.journal;

import java.util.OptionalDouble;
import ndoe.feeders.ProsumerId;

/**
 * Where a prosumer’s controller stands when a step is completed.
 *
 * @param batteryEnergyKwh stored energy when last reckoned, kWh
 * @param flexibleEnergyKwh shiftable energy still due, kWh
 * @param vehicleEnergyKwh energy the vehicle still needs, kWh
 * @param pvLimitKw asked last, kW ≥ 0; this and the rest are empty when nothing was asked yet
 * @param windLimitKw asked last, kW ≥ 0
 * @param turbineLimitKw asked last, kW ≥ 0
 * @param batteryKw asked last, kW, injection positive
 * @param vehicleKw asked last, kW drawn
 * @param flexibleKw asked last, kW drawn
 */
public record SiteStateRow(
    ProsumerId prosumer,
    double batteryEnergyKwh,
    double flexibleEnergyKwh,
    double vehicleEnergyKwh,
    OptionalDouble pvLimitKw,
    OptionalDouble windLimitKw,
    OptionalDouble turbineLimitKw,
    OptionalDouble batteryKw,
    OptionalDouble vehicleKw,
    OptionalDouble flexibleKw) {}
