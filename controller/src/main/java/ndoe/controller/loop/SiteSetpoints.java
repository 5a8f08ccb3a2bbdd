package ndoe.controller.loop;

/**
 * What is asked of a prosumer’s devices.
 *
 * @param pvLimitKw most the PV plant may inject, kW
 * @param windLimitKw most the wind plant may inject, kW
 * @param turbineLimitKw most the micro-turbine may inject, kW; it injects that
 * @param batteryKw injection, kW, negative when charging
 * @param vehicleKw draw, kW, ≥ 0
 * @param flexibleKw draw of the shiftable load, kW, ≥ 0
 */
record SiteSetpoints(
    double pvLimitKw,
    double windLimitKw,
    double turbineLimitKw,
    double batteryKw,
    double vehicleKw,
    double flexibleKw) {}
