package ndoe.devices.emulator;

import java.time.Duration;
import java.util.List;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.sunspec.ModelImage;

/**
 * Model 704 of an emulated device: the limit of a generator or the setpoint of a storage.
 *
 * <p>Any write to the block applies it anew and restarts its timer. When the timer runs out, enable
 * and value become those of the reversion.
 */
final class DerControl implements WritableModel {
  private static final double WATTS_PER_KW = 1000;
  private static final double PERCENT = 100;
  private static final long ENABLED = 1;
  private static final long MODE_WATTS = 1;
  private static final List<String> LIMIT =
      List.of(
          "WMaxLimPctEna",
          "WMaxLimPct",
          "WMaxLimPctRvrt",
          "WMaxLimPctEnaRvrt",
          "WMaxLimPctRvrtTms");
  private static final List<String> SETPOINT =
      List.of(
          "WSetEna",
          "WSetMod",
          "WSet",
          "WSetRvrt",
          "WSetPct",
          "WSetPctRvrt",
          "WSetEnaRvrt",
          "WSetRvrtTms");

  private final EmulatedPlant plant;
  private final boolean limits;
  private final double ratedKw;
  private final String value;
  private final List<String> writable;
  private final ModelImage image = ModelImage.blank(704);

  /**
   * @param ratedKw what 100 % stands for
   */
  DerControl(EmulatedPlant plant, double ratedKw) {
    this.plant = plant;
    this.ratedKw = ratedKw;
    this.limits = plant.kind() == Kind.GENERATOR;
    this.value = limits ? "WMaxLimPct" : "WSet";
    this.writable = limits ? LIMIT : SETPOINT;
    image.putRaw("WMaxLimPct_SF", -2).putRaw("WSet_SF", -1);
    for (String point : List.of("Ena", "EnaRvrt", "RvrtTms", "RvrtRem")) {
      image.putRaw(value + point, 0);
    }
    if (limits) {
      image.put("WMaxLimPct", PERCENT);
      image.put("WMaxLimPctRvrt", plant.rating().reversionKw() / ratedKw * PERCENT);
    } else {
      image.putRaw("WSetMod", MODE_WATTS).putRaw("WSet", 0);
      image.put("WSetRvrt", plant.rating().reversionKw() * WATTS_PER_KW);
    }
  }

  @Override
  public ModelImage image() {
    return image;
  }

  @Override
  public void refresh() {
    if (plant.reverted() && enabled(image, "Ena")) {
      image.putRaw(value + "Ena", image.raw(value + "EnaRvrt").orElseThrow());
      image.putRaw(value, image.raw(value + "Rvrt").orElseThrow());
    }
    Duration left = plant.reversionRemaining().plusSeconds(1).minusNanos(1);
    image.putRaw(value + "RvrtRem", left.toSeconds());
  }

  @Override
  public boolean writable(int from, int to) {
    return writable.stream().anyMatch(point -> image.offset(point) == from)
        && writable.stream().anyMatch(point -> image.end(point) == to);
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
    if (!enabled(image, "Ena")) {
      plant.releaseControl();
      return;
    }
    Duration reversion = Duration.ofSeconds(image.raw(value + "RvrtTms").orElse(0));
    boolean revertsToValue = enabled(image, "EnaRvrt");
    if (limits) {
      double released = plant.rating().injectionKw();
      plant.setLimitKw(
          kw(image, value), reversion, revertsToValue ? kw(image, value + "Rvrt") : released);
    } else {
      plant.setPowerKw(kw(image, value), reversion, revertsToValue ? kw(image, value + "Rvrt") : 0);
    }
  }

  private boolean inRange(ModelImage asked) {
    boolean switches =
        asked.raw(value + "Ena").orElse(-1) <= ENABLED
            && asked.raw(value + "Ena").isPresent()
            && asked.raw(value + "EnaRvrt").orElse(-1) <= ENABLED
            && asked.raw(value + "EnaRvrt").isPresent()
            && asked.raw(value + "RvrtTms").isPresent();
    boolean mode = limits || asked.raw("WSetMod").orElse(-1) == MODE_WATTS;
    return switches && mode && rated(kw(asked, value)) && rated(kw(asked, value + "Rvrt"));
  }

  private boolean rated(double kw) {
    double low = limits ? 0 : -plant.rating().drawKw();
    double high = limits ? ratedKw : plant.rating().injectionKw();
    return kw >= low - 1e-9 && kw <= high + 1e-9;
  }

  private boolean enabled(ModelImage of, String point) {
    return of.raw(value + point).orElse(0) == ENABLED;
  }

  private double kw(ModelImage of, String point) {
    double number = of.value(point).orElse(Double.NaN);
    return limits ? number / PERCENT * ratedKw : number / WATTS_PER_KW;
  }
}
