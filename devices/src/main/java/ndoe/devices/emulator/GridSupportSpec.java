package ndoe.devices.emulator;

/**
 * What a device does for the grid by itself.
 *
 * @param apparentKva largest apparent power, ≥ both active ratings
 * @param voltVar whether reactive power follows the voltage from the start
 * @param voltWatt whether active power is cut at high voltage from the start
 */
public record GridSupportSpec(double apparentKva, boolean voltVar, boolean voltWatt) {

  /** Throws IllegalArgumentException if the apparent power is not above 0. */
  public GridSupportSpec {
    if (!(apparentKva > 0) || Double.isInfinite(apparentKva)) {
      throw new IllegalArgumentException("apparent power must be above 0 kVA: " + apparentKva);
    }
  }

  /** Nothing until a client asks; no more apparent than active power. */
  public static GridSupportSpec none(EmulatedPlant.Rating rating) {
    return new GridSupportSpec(Math.max(rating.injectionKw(), rating.drawKw()), false, false);
  }
}
