package ndoe.controller.loop;

/**
 * What is asked of a prosumer’s devices; cut to whole watts, limits downwards.
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
    double flexibleKw) {

  SiteSetpoints {
    pvLimitKw = Math.floor(pvLimitKw * 1000) / 1000;
    windLimitKw = Math.floor(windLimitKw * 1000) / 1000;
    turbineLimitKw = Math.floor(turbineLimitKw * 1000) / 1000;
    batteryKw = Math.rint(batteryKw * 1000) / 1000;
    vehicleKw = Math.rint(vehicleKw * 1000) / 1000;
    flexibleKw = Math.rint(flexibleKw * 1000) / 1000;
  }
}
