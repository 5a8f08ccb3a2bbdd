package ndoe.devices.sunspec;

import java.util.Optional;
import java.util.OptionalDouble;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.sunspec.SunSpecQuirks.PercentBase;

/**
 * What a device says it can do: model 702, or models 120 and 121, and model 124 of a storage. What
 * is set goes before the nameplate.
 *
 * @param largestKw active power of a generator, kW
 * @param fullKw what 100 % of a limit stands for, kW
 * @param chargeKw largest draw of a storage, kW, 0 or more
 * @param dischargeKw largest injection of a storage, kW, 0 or more
 * @param fullChargeKw what 100 % of model 124’s InWRte stands for, kW
 * @param fullDischargeKw what 100 % of model 124’s OutWRte stands for, kW
 * @param stepKw what a rating may be off by, being coded in steps
 */
record DeviceRatings(
    OptionalDouble largestKw,
    OptionalDouble fullKw,
    OptionalDouble chargeKw,
    OptionalDouble dischargeKw,
    OptionalDouble fullChargeKw,
    OptionalDouble fullDischargeKw,
    double stepKw) {
  static final int NAMEPLATE = 120;
  static final int SETTINGS = 121;
  static final int STORAGE = 124;
  static final int CAPACITY = 702;

  private static final double WATTS_PER_KW = 1000;

  /** Reads them; which are missing shows when they are asked for. */
  static DeviceRatings read(SunSpecLink link, PercentBase base) throws ModbusRefusedException {
    boolean modern = link.has(CAPACITY);
    Optional<ModelImage> settings = image(link, modern ? CAPACITY : SETTINGS);
    Optional<ModelImage> nameplate = modern ? settings : image(link, NAMEPLATE);
    Optional<ModelImage> storage = image(link, STORAGE);
    OptionalDouble setting = kw(settings, "WMax");
    OptionalDouble rating = kw(nameplate, modern ? "WMaxRtg" : "WRtg");
    OptionalDouble chargeSetting = kw(storage, "WChaMax");
    OptionalDouble chargeRating = kw(nameplate, modern ? "WChaRteMaxRtg" : "MaxChaRte");
    OptionalDouble dischargeRating = kw(nameplate, modern ? "WDisChaRteMaxRtg" : "MaxDisChaRte");
    boolean ofRating = base == PercentBase.RATING;
    return new DeviceRatings(
        first(setting, rating),
        ofRating ? first(rating, setting) : first(setting, rating),
        first(modern ? kw(settings, "WChaRteMax") : chargeSetting, chargeRating, chargeSetting),
        first(
            modern ? kw(settings, "WDisChaRteMax") : dischargeRating,
            dischargeRating,
            modern ? first(setting, rating) : chargeSetting),
        positive(
            ofRating ? first(chargeRating, chargeSetting) : first(chargeSetting, chargeRating)),
        positive(
            ofRating ? first(dischargeRating, chargeSetting) : first(chargeSetting, chargeRating)),
        Math.max(step(settings, "WMax"), step(nameplate, modern ? "WMaxRtg" : "WRtg")));
  }

  /** As {@link #read}, where a refusal is as bad as a broken link. */
  static DeviceRatings readOrFail(SunSpecDevice device) {
    try {
      return read(device.link(), device.quirks().percentBase());
    } catch (ModbusRefusedException e) {
      throw new DeviceLinkException(e.getMessage(), e);
    }
  }

  /**
   * A rating that must be known.
   *
   * @param names of the points that would tell
   */
  static double require(OptionalDouble kw, SunSpecDevice device, String names) {
    return kw.orElseThrow(() -> new DeviceLinkException(device + " tells neither " + names));
  }

  private static Optional<ModelImage> image(SunSpecLink link, int model)
      throws ModbusRefusedException {
    return link.has(model) ? Optional.of(link.read(model)) : Optional.empty();
  }

  private static OptionalDouble kw(Optional<ModelImage> image, String point) {
    OptionalDouble watts = image.map(i -> i.value(point)).orElse(OptionalDouble.empty());
    return watts.isPresent()
        ? OptionalDouble.of(watts.getAsDouble() / WATTS_PER_KW)
        : OptionalDouble.empty();
  }

  private static double step(Optional<ModelImage> image, String point) {
    return image.map(i -> Scale.apply(1, i.scaleFactor(point).orElse(0))).orElse(0.0)
        / WATTS_PER_KW;
  }

  private static OptionalDouble first(OptionalDouble... candidates) {
    for (OptionalDouble candidate : candidates) {
      if (candidate.isPresent()) {
        return candidate;
      }
    }
    return OptionalDouble.empty();
  }

  private static OptionalDouble positive(OptionalDouble kw) {
    return kw.isPresent() && kw.getAsDouble() > 0 ? kw : OptionalDouble.empty();
  }
}
