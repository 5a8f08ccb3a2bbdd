package ndoe.devices.sunspec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Model 124’s setpoint: OutWRte bounds the discharge and InWRte the charge, each in percent, and a
 * negative bound of one forces the other. A power is pinned between the two:
 *
 * <ul>
 *   <li>injecting P: OutWRte = P, InWRte = −P
 *   <li>drawing P: InWRte = P, OutWRte = −P
 *   <li>idle: both 0
 * </ul>
 *
 * <p>Both are percentages of WChaMax, which is the only power the model has, or with {@code
 * percent_base: rating} of MaxDisChaRte and MaxChaRte of model 120. Read-only points lie between
 * StorCtl_Mod and the rates, so there are two requests: rates and times first, together, then
 * StorCtl_Mod with both bits; a rate does nothing before its bit is set. When its time is over the
 * storage does as it likes: the model has no value to fall back to.
 */
record StorageControlSetpoint() implements PowerControl {
  private static final String MODE = "StorCtl_Mod";
  private static final String DISCHARGE = "OutWRte";
  private static final String CHARGE = "InWRte";
  private static final String WINDOW_SECONDS = "InOutWRte_WinTms";
  private static final String REVERSION_SECONDS = "InOutWRte_RvrtTms";
  private static final String RAMP_SECONDS = "InOutWRte_RmpTms";
  private static final int CHARGE_BIT = 1;
  private static final int DISCHARGE_BIT = 2;

  @Override
  public int model() {
    return DeviceRatings.STORAGE;
  }

  @Override
  public boolean revertsToValue() {
    return false;
  }

  @Override
  public Optional<String> lacks(ModelImage present) {
    for (String rate : List.of(DISCHARGE, CHARGE)) {
      if (present.value(rate).isEmpty()) {
        return Optional.of(rate);
      }
    }
    return List.of(MODE, REVERSION_SECONDS).stream()
        .filter(point -> present.raw(point).isEmpty())
        .findFirst();
  }

  @Override
  public List<String> told() {
    return List.of(MODE, DISCHARGE, CHARGE);
  }

  @Override
  public List<Block> blocks() {
    return List.of(new Block(DISCHARGE, RAMP_SECONDS), new Block(MODE, MODE));
  }

  @Override
  public List<ControlRequest> requests(
      double kw, Reversion reversion, ModelImage present, DeviceRatings ratings) {
    int power = present.scaleFactor(DISCHARGE).orElse(0);
    double fullOut = ratings.fullDischargeKw().orElseThrow();
    double fullIn = ratings.fullChargeKw().orElseThrow();
    long most = PercentCode.atMost(Math.abs(kw), kw > 0 ? fullOut : fullIn, power);
    double kept = PercentCode.kw(most, kw > 0 ? fullOut : fullIn, power);
    long least = PercentCode.atMost(kept, kw > 0 ? fullIn : fullOut, power);
    Map<String, Double> rates = new LinkedHashMap<>();
    rates.put(DISCHARGE, Scale.apply((double) (kw > 0 ? most : -least), power));
    rates.put(CHARGE, Scale.apply((double) (kw > 0 ? -least : most), power));
    if (present.raw(WINDOW_SECONDS).isPresent()) {
      rates.put(WINDOW_SECONDS, 0.0);
    }
    rates.put(REVERSION_SECONDS, (double) reversion.after().toSeconds());
    return List.of(
        new ControlRequest(model(), rates),
        new ControlRequest(model(), Map.of(MODE, (double) (CHARGE_BIT | DISCHARGE_BIT))));
  }

  /** The power nearest to 0 among those that the two rates leave. */
  @Override
  public double kw(ModelImage image, DeviceRatings ratings) {
    long mode = image.raw(MODE).orElse(0);
    int power = image.scaleFactor(DISCHARGE).orElse(0);
    double most =
        (mode & DISCHARGE_BIT) == 0
            ? Double.POSITIVE_INFINITY
            : PercentCode.kw(
                image.raw(DISCHARGE).orElse(0), ratings.fullDischargeKw().orElseThrow(), power);
    double least =
        (mode & CHARGE_BIT) == 0
            ? Double.NEGATIVE_INFINITY
            : 0
                - PercentCode.kw(
                    image.raw(CHARGE).orElse(0), ratings.fullChargeKw().orElseThrow(), power);
    return Math.min(most, Math.max(0, least));
  }

  @Override
  public boolean enabled(ModelImage image) {
    return (image.raw(MODE).orElse(0) & (CHARGE_BIT | DISCHARGE_BIT)) != 0;
  }

  @Override
  public boolean reverts(ModelImage image) {
    return image.raw(REVERSION_SECONDS).orElse(0) > 0;
  }

  @Override
  public Optional<ModelImage> reverted(ModelImage written) {
    return Optional.empty();
  }
}
