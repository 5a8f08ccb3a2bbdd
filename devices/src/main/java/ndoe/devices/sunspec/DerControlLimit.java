package ndoe.devices.sunspec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Model 704’s limit: WMaxLimPctEna, WMaxLimPct, WMaxLimPctRvrt, WMaxLimPctEnaRvrt and
 * WMaxLimPctRvrtTms in one request, in percent of WMax.
 */
record DerControlLimit() implements PowerControl {
  private static final String VALUE = "WMaxLimPct";
  private static final String ENABLE = "WMaxLimPctEna";
  private static final String REVERSION = "WMaxLimPctRvrt";
  private static final String REVERSION_ENABLE = "WMaxLimPctEnaRvrt";
  private static final String REVERSION_SECONDS = "WMaxLimPctRvrtTms";

  @Override
  public int model() {
    return 704;
  }

  @Override
  public boolean revertsToValue() {
    return true;
  }

  @Override
  public Optional<String> lacks(ModelImage present) {
    return present.value(VALUE).isEmpty() ? Optional.of(VALUE) : Optional.empty();
  }

  @Override
  public List<String> told() {
    return List.of(ENABLE, VALUE);
  }

  @Override
  public List<Block> blocks() {
    return List.of(new Block(ENABLE, REVERSION_SECONDS));
  }

  @Override
  public List<ControlRequest> requests(
      double kw, Reversion reversion, ModelImage present, DeviceRatings ratings) {
    int power = present.scaleFactor(VALUE).orElse(0);
    double full = ratings.fullKw().orElseThrow();
    Map<String, Double> settings = new LinkedHashMap<>();
    settings.put(ENABLE, 1.0);
    settings.put(VALUE, percent(kw, full, power));
    settings.put(REVERSION, percent(reversion.powerKw(), full, power));
    settings.put(REVERSION_ENABLE, 1.0);
    settings.put(REVERSION_SECONDS, (double) reversion.after().toSeconds());
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
    return Optional.of(
        written
            .copy()
            .putRaw(ENABLE, written.raw(REVERSION_ENABLE).orElse(0))
            .putRaw(VALUE, written.raw(REVERSION).orElse(0)));
  }

  static double percent(double kw, double fullKw, int power) {
    long code = PercentCode.atMost(Math.min(kw, fullKw), fullKw, power);
    return Scale.apply((double) code, power);
  }
}
