package ndoe.devices.sunspec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Model 123’s limit: WMaxLimPct, its window, reversion and ramp times and WMaxLim_Ena in one
 * request, in percent of WMax. When its time is over the limit is off: the model has no value to
 * fall back to. A window within which the device may choose when to begin is set to 0; the ramp
 * time stays as it is.
 */
record ImmediateControlLimit() implements PowerControl {
  private static final String VALUE = "WMaxLimPct";
  private static final String ENABLE = "WMaxLim_Ena";
  private static final String WINDOW_SECONDS = "WMaxLimPct_WinTms";
  private static final String REVERSION_SECONDS = "WMaxLimPct_RvrtTms";

  @Override
  public int model() {
    return 123;
  }

  @Override
  public boolean revertsToValue() {
    return false;
  }

  @Override
  public Optional<String> lacks(ModelImage present) {
    if (present.value(VALUE).isEmpty()) {
      return Optional.of(VALUE);
    }
    return present.raw(REVERSION_SECONDS).isEmpty()
        ? Optional.of(REVERSION_SECONDS)
        : Optional.empty();
  }

  @Override
  public List<String> told() {
    return List.of(ENABLE, VALUE);
  }

  @Override
  public List<Block> blocks() {
    return List.of(new Block(VALUE, ENABLE));
  }

  @Override
  public List<ControlRequest> requests(
      double kw, Reversion reversion, ModelImage present, DeviceRatings ratings) {
    int power = present.scaleFactor(VALUE).orElse(0);
    Map<String, Double> settings = new LinkedHashMap<>();
    settings.put(VALUE, DerControlLimit.percent(kw, ratings.fullKw().orElseThrow(), power));
    if (present.raw(WINDOW_SECONDS).isPresent()) {
      settings.put(WINDOW_SECONDS, 0.0);
    }
    settings.put(REVERSION_SECONDS, (double) reversion.after().toSeconds());
    settings.put(ENABLE, 1.0);
    return List.of(new ControlRequest(model(), settings));
  }

  @Override
  public double kw(ModelImage image, DeviceRatings ratings) {
    return PercentCode.kw(
        image.raw(VALUE).orElse(0),
        ratings.fullKw().orElseThrow(),
        image.scaleFactor(VALUE).orElse(0));
  }

  @Override
  public boolean enabled(ModelImage image) {
    return image.raw(ENABLE).orElse(0) == 1;
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
