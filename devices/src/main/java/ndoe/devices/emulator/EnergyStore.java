package ndoe.devices.emulator;

/** Energy between two bounds, filled with η and emptied with 1/η; kWh. */
final class EnergyStore {
  private final double minKwh;
  private final double maxKwh;
  private final double efficiency;
  private double storedKwh;

  EnergyStore(double minKwh, double maxKwh, double initialKwh, double efficiency) {
    this.minKwh = minKwh;
    this.maxKwh = maxKwh;
    this.efficiency = efficiency;
    this.storedKwh = initialKwh;
  }

  double storedKwh() {
    return storedKwh;
  }

  /** Takes up a stored energy, kept between the bounds. */
  void restore(double kwh) {
    storedKwh = Math.max(minKwh, Math.min(maxKwh, kwh));
  }

  /** Whether a bound forbids power of this sign, injection positive. */
  boolean blocks(double powerKw) {
    return powerKw > 0 ? storedKwh <= minKwh : powerKw < 0 && storedKwh >= maxKwh;
  }

  /**
   * Takes or gives energy until a bound is met.
   *
   * @param askedKwh at the terminals, injection positive
   * @return what was exchanged at the terminals, same sign, never more
   */
  double exchange(double askedKwh) {
    double change = askedKwh > 0 ? -askedKwh / efficiency : -askedKwh * efficiency;
    double next = storedKwh + change;
    if (next > maxKwh || next < minKwh) {
      double bound = next > maxKwh ? maxKwh : minKwh;
      double allowed = bound - storedKwh;
      storedKwh = bound;
      return allowed < 0 ? -allowed * efficiency : -allowed / efficiency;
    }
    storedKwh = next;
    return askedKwh;
  }
}
