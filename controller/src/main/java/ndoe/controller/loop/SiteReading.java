package ndoe.controller.loop;

/**
 * What a prosumer’s devices were measured to do; kW, generation and battery positive for injection,
 * the rest positive for draw.
 */
record SiteReading(
    double pvKw,
    double windKw,
    double turbineKw,
    double batteryKw,
    double vehicleKw,
    double flexibleKw,
    double loadKw,
    double batterySocFraction) {

  /** Exchange with the network, kW, positive when drawing. */
  double netImportKw() {
    return loadKw + flexibleKw + vehicleKw - batteryKw - turbineKw - pvKw - windKw;
  }

  double generationKw() {
    return pvKw + windKw;
  }
}
