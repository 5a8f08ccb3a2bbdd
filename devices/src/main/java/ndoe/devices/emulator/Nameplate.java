package ndoe.devices.emulator;

import java.util.List;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.sunspec.ModelImage;

/** Models 120, 121 and 122 of an emulated device: ratings, settings and status, only read. */
final class Nameplate {
  private static final double WATTS_PER_KW = 1000;
  private static final double PERCENT = 100;
  private static final double NOMINAL_VOLT = 400;
  private static final double NOMINAL_HERTZ = 50;
  private static final long PV = 4;
  private static final long PV_WITH_STORAGE = 82;
  private static final long CONNECTED_AVAILABLE_OPERATING = 0b111;
  private static final long FIXED_WATTS = 1;
  private static final long VOLT_VAR = 1 << 3;
  private static final long VOLT_WATT = 1 << 10;

  private final EmulatedPlant plant;
  private final ModelImage nameplate = ModelImage.blank(120);
  private final ModelImage settings = ModelImage.blank(121);
  private final ModelImage status = ModelImage.blank(122);

  Nameplate(EmulatedPlant plant) {
    this.plant = plant;
    Rating rating = plant.rating();
    double watts =
        WATTS_PER_KW
            * (plant.kind() == Kind.GENERATOR
                ? rating.injectionKw()
                : Math.max(rating.injectionKw(), rating.drawKw()));
    fillRatings(rating, watts);
    fillSettings(watts);
  }

  List<ModelImage> images() {
    return List.of(nameplate, settings, status);
  }

  /** What 100 % stands for to a client: {@code WMax} as coded. */
  double settingKw() {
    return settings.value("WMax").orElseThrow() / WATTS_PER_KW;
  }

  void refresh() {
    boolean on = plant.connected();
    boolean storage = plant.kind() == Kind.STORAGE;
    long operating = on ? CONNECTED_AVAILABLE_OPERATING : 0;
    status
        .putRaw("PVConn", storage ? 0 : operating)
        .putRaw("StorConn", storage ? operating : 0)
        .putRaw("ECPConn", on ? 1 : 0)
        .putRaw("ActWh", Math.round(plant.injectedEnergyKwh() * WATTS_PER_KW))
        .putRaw(
            "StActCtl",
            (plant.limitKw() < plant.rating().injectionKw() ? FIXED_WATTS : 0)
                | (plant.voltVar().enabled() ? VOLT_VAR : 0)
                | (plant.voltWatt().enabled() ? VOLT_WATT : 0));
  }

  private void fillRatings(Rating rating, double watts) {
    double voltAmperes = plant.apparentRatingKva() * WATTS_PER_KW;
    double ampere = voltAmperes / NOMINAL_VOLT / Math.sqrt(3);
    nameplate
        .putRaw("DERTyp", plant.kind() == Kind.STORAGE ? PV_WITH_STORAGE : PV)
        .putRaw("PFRtg_SF", -2);
    unsigned(nameplate, "WRtg", watts);
    unsigned(nameplate, "VARtg", voltAmperes);
    unsigned(nameplate, "ARtg", ampere);
    quadrants(nameplate, "VArRtg");
    for (String quadrant : List.of("Q1", "Q2", "Q3", "Q4")) {
      nameplate.put("PFRtg" + quadrant, Math.sqrt(1 - Math.pow(GridSupport.REACTIVE_SHARE, 2)));
    }
    if (plant.kind() == Kind.STORAGE) {
      unsigned(nameplate, "WHRtg", rating.energyKwh() * WATTS_PER_KW);
      unsigned(nameplate, "MaxChaRte", rating.drawKw() * WATTS_PER_KW);
      unsigned(nameplate, "MaxDisChaRte", rating.injectionKw() * WATTS_PER_KW);
    }
  }

  private void fillSettings(double watts) {
    unsigned(settings, "WMax", watts);
    unsigned(settings, "VAMax", plant.apparentRatingKva() * WATTS_PER_KW);
    unsigned(settings, "VRef", NOMINAL_VOLT);
    settings.putRaw("VRefOfs_SF", 0).put("VRefOfs", 0);
    settings.putRaw("ECPNomHz_SF", -2).put("ECPNomHz", NOMINAL_HERTZ);
    quadrants(settings, "VArMax");
    double ramp = plant.rating().rampFractionPerSecond();
    if (ramp * PERCENT < 0xFFFF) {
      unsigned(settings, "WGra", ramp * PERCENT);
    }
  }

  private void quadrants(ModelImage image, String point) {
    double vars = plant.reactiveRatingKvar() * WATTS_PER_KW;
    image.putRaw(point + "_SF", DerReadings.signedPower(vars));
    image.put(point + "Q1", vars).put(point + "Q2", vars);
    image.put(point + "Q3", 0 - vars).put(point + "Q4", 0 - vars);
  }

  /** Never stated larger than it is. */
  private static void unsigned(ModelImage image, String point, double value) {
    int power = DerReadings.unsignedPower(value);
    image.putRaw(point + "_SF", power).put(point, DerReadings.down(value, power));
  }
}
