package ndoe.devices.emulator;

import java.time.Duration;
import java.util.List;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.sunspec.ModelImage;

/**
 * Model 123 of an emulated device: connection, and the limit of a generator.
 *
 * <p>Any write to the limit applies it anew and restarts its timer. There is no value to revert to:
 * when the timer runs out the limit is released. Windows and ramp times are taken and not acted
 * upon; power factor and reactive power cannot be set.
 */
final class ImmediateControl implements WritableModel {
  private static final double PERCENT = 100;
  private static final long ON = 1;
  private static final List<String> LIMIT =
      List.of(
          "Conn",
          "WMaxLimPct",
          "WMaxLimPct_WinTms",
          "WMaxLimPct_RvrtTms",
          "WMaxLimPct_RmpTms",
          "WMaxLim_Ena");

  private final EmulatedPlant plant;
  private final double settingKw;
  private final ModelImage image = ModelImage.blank(123);
  private final WritablePoints writable;

  /**
   * A device as it wakes up.
   *
   * @param settingKw what 100 % stands for
   */
  ImmediateControl(EmulatedPlant plant, double settingKw) {
    this.plant = plant;
    this.settingKw = settingKw;
    boolean limits = plant.kind() == Kind.GENERATOR;
    this.writable = new WritablePoints(image, limits ? LIMIT : List.of("Conn"));
    image.putRaw("WMaxLimPct_SF", -2).putRaw("OutPFSet_SF", -2).putRaw("VArPct_SF", -2);
    image.putRaw("Conn", ON).put("WMaxLimPct", PERCENT).putRaw("WMaxLim_Ena", 0);
    image.put("OutPFSet", 1).putRaw("OutPFSet_Ena", 0).putRaw("VArPct_Ena", 0);
    for (String timer : List.of("WinTms", "RvrtTms", "RmpTms")) {
      image.putRaw("WMaxLimPct_" + timer, 0);
    }
  }

  @Override
  public ModelImage image() {
    return image;
  }

  @Override
  public void refresh() {
    image.putRaw("Conn", plant.connected() ? ON : 0);
    if (plant.reverted()) {
      image.putRaw("WMaxLim_Ena", 0);
    }
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
    plant.setConnected(image.raw("Conn").orElseThrow() == ON);
    boolean limitTouched = offset + values.length > image.offset("WMaxLimPct");
    if (limitTouched && plant.kind() == Kind.GENERATOR) {
      applyLimit();
    }
    return true;
  }

  private void applyLimit() {
    if (image.raw("WMaxLim_Ena").orElseThrow() != ON) {
      plant.releaseControl();
      return;
    }
    Duration reversion = Duration.ofSeconds(image.raw("WMaxLimPct_RvrtTms").orElseThrow());
    double limitKw = image.value("WMaxLimPct").orElseThrow() / PERCENT * settingKw;
    plant.setLimitKw(limitKw, reversion, plant.rating().injectionKw());
  }

  private boolean inRange(ModelImage asked) {
    boolean numbers =
        LIMIT.stream().allMatch(point -> asked.raw(point).isPresent())
            && asked.value("WMaxLimPct").orElse(Double.NaN) <= PERCENT;
    return numbers && isSwitch(asked, "Conn") && isSwitch(asked, "WMaxLim_Ena");
  }

  private static boolean isSwitch(ModelImage asked, String point) {
    return asked.raw(point).orElse(-1) <= ON;
  }
}
