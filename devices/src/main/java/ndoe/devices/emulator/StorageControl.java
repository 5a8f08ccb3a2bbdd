package ndoe.devices.emulator;

import java.time.Duration;
import java.util.List;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.sunspec.ModelImage;

/**
 * Model 124 of an emulated storage, which by itself rests.
 *
 * <p>Both rates are percent of WChaMax. With bit 0 of StorCtl_Mod InWRte is the most it charges; a
 * negative one makes it discharge at least that much. With bit 1 OutWRte is the most it discharges;
 * a negative one makes it charge at least that much. A rate whose bit is not set does nothing, and
 * so do two that contradict each other. Any write to them restarts the timer; when it runs out both
 * bits are cleared and the storage rests. Windows and ramp times are taken and not acted upon.
 */
final class StorageControl implements WritableModel {
  private static final double WATTS_PER_KW = 1000;
  private static final double PERCENT = 100;
  private static final long CHARGE = 1;
  private static final long DISCHARGE = 2;
  private static final long FROM_GRID = 1;
  private static final long EMPTY = 2;
  private static final long DISCHARGING = 3;
  private static final long CHARGING = 4;
  private static final long FULL = 5;
  private static final long HOLDING = 6;
  private static final List<String> WRITABLE =
      List.of(
          "StorCtl_Mod",
          "OutWRte",
          "InWRte",
          "InOutWRte_WinTms",
          "InOutWRte_RvrtTms",
          "InOutWRte_RmpTms");

  private final EmulatedPlant plant;
  private final double baseKw;
  private final double mostPercent;
  private final ModelImage image = ModelImage.blank(124);
  private final WritablePoints writable = new WritablePoints(image, WRITABLE);

  StorageControl(EmulatedPlant plant) {
    this.plant = plant;
    Rating rating = plant.rating();
    double chargeKw = rating.drawKw() > 0 ? rating.drawKw() : rating.injectionKw();
    double largestKw = Math.max(rating.drawKw(), rating.injectionKw());
    image.putRaw("WChaMax_SF", DerReadings.unsignedPower(chargeKw * WATTS_PER_KW));
    image.put("WChaMax", chargeKw * WATTS_PER_KW);
    this.baseKw = image.value("WChaMax").orElseThrow() / WATTS_PER_KW;
    this.mostPercent = Math.max(PERCENT, largestKw / baseKw * PERCENT);
    image.putRaw("WChaDisChaGra_SF", 0).put("WChaGra", PERCENT).put("WDisChaGra", PERCENT);
    image.putRaw("InOutWRte_SF", mostPercent > 300 ? -1 : -2).putRaw("ChaState_SF", -2);
    image.putRaw("StorCtl_Mod", 0).put("OutWRte", PERCENT).put("InWRte", PERCENT);
    image.putRaw("ChaGriSet", FROM_GRID);
    for (String timer : List.of("WinTms", "RvrtTms", "RmpTms")) {
      image.putRaw("InOutWRte_" + timer, 0);
    }
  }

  @Override
  public ModelImage image() {
    return image;
  }

  @Override
  public void refresh() {
    if (plant.reverted()) {
      image.putRaw("StorCtl_Mod", 0);
    }
    image.put("ChaState", plant.socFraction() * PERCENT);
    image.putRaw("ChaSt", chargeStatus(plant));
  }

  /** As models 124 and 802 code it: empty, discharging, charging, full, holding. */
  static long chargeStatus(EmulatedPlant plant) {
    Rating rating = plant.rating();
    double power = plant.activePowerKw();
    if (power != 0) {
      return power > 0 ? DISCHARGING : CHARGING;
    }
    if (plant.socFraction() <= rating.socMinFraction()) {
      return EMPTY;
    }
    return plant.socFraction() >= rating.socMaxFraction() ? FULL : HOLDING;
  }

  @Override
  public boolean writable(int from, int to) {
    return writable.cover(from, to);
  }

  @Override
  public boolean take(int offset, int[] values) {
    refresh();
    ModelImage asked = image.copy();
    asked.overwrite(offset, values);
    if (!inRange(asked)) {
      return false;
    }
    image.overwrite(offset, values);
    apply();
    return true;
  }

  private void apply() {
    long modes = image.raw("StorCtl_Mod").orElseThrow();
    if (modes == 0) {
      plant.releaseControl();
      return;
    }
    Rating rating = plant.rating();
    double low = (modes & CHARGE) != 0 ? 0 - kw("InWRte") : 0 - rating.drawKw();
    double high = (modes & DISCHARGE) != 0 ? kw("OutWRte") : rating.injectionKw();
    double power = low > high ? 0 : Math.min(Math.max(0, low), high);
    Duration reversion = Duration.ofSeconds(image.raw("InOutWRte_RvrtTms").orElseThrow());
    plant.setPowerKw(power, reversion, 0);
  }

  private double kw(String rate) {
    return image.value(rate).orElseThrow() / PERCENT * baseKw;
  }

  private boolean inRange(ModelImage asked) {
    return WRITABLE.stream().allMatch(point -> asked.raw(point).isPresent())
        && asked.raw("StorCtl_Mod").orElseThrow() <= (CHARGE | DISCHARGE)
        && Math.abs(asked.value("OutWRte").orElseThrow()) <= mostPercent + 1e-9
        && Math.abs(asked.value("InWRte").orElseThrow()) <= mostPercent + 1e-9;
  }
}
