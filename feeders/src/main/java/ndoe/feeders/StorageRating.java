package ndoe.feeders;

/**
 * What a battery can do.
 *
 * @param powerKw most it charges or discharges, kW
 * @param energyKwh energy between empty and full, kWh
 * @param efficiency one-way efficiency, fraction in (0, 1]
 * @param socMinFraction lowest permitted state of charge, fraction
 * @param socMaxFraction highest permitted state of charge, fraction
 * @param socInitialFraction state of charge at the start and to return to at the end, fraction
 * @param wearPerKwh cost of each kWh charged or discharged, currency/kWh
 */
public record StorageRating(
    double powerKw,
    double energyKwh,
    double efficiency,
    double socMinFraction,
    double socMaxFraction,
    double socInitialFraction,
    double wearPerKwh) {

  /** Stored at the start, kWh. */
  public double initialEnergyKwh() {
    return socInitialFraction * energyKwh;
  }

  /**
   * Stored after a while, kWh.
   *
   * @param storedKwh before
   * @param dischargeKw at the terminals, negative when charging, kW
   * @param hours it lasts
   */
  public double energyAfterKwh(double storedKwh, double dischargeKw, double hours) {
    double taken = dischargeKw > 0 ? dischargeKw / efficiency : dischargeKw * efficiency;
    return storedKwh - hours * taken;
  }
}
