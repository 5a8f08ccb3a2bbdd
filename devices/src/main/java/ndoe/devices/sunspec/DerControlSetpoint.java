package ndoe.devices.sunspec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Model 704’s setpoint in watts: WSetEna, WSetMod, WSet, WSetRvrt, WSetEnaRvrt and WSetRvrtTms in
 * one request; the percentages between them are written as they are.
 */
record DerControlSetpoint() implements PowerControl {
  private static final double WATTS_PER_KW = 1000;
  private static final double WATTS = 1;
  private static final String VALUE = "WSet";
  private static final String ENABLE = "WSetEna";
  private static final String MODE = "WSetMod";
  private static final String REVERSION = "WSetRvrt";
  private static final String REVERSION_ENABLE = "WSetEnaRvrt";
  private static final String REVERSION_SECONDS = "WSetRvrtTms";

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
    boolean settable = present.scaleFactor(VALUE).isPresent() && present.raw(ENABLE).isPresent();
    return settable ? Optional.empty() : Optional.of(VALUE);
  }

  @Override
  public List<String> told() {
    return List.of(ENABLE, MODE, VALUE);
  }

  @Override
  public List<Block> blocks() {
    return List.of(new Block(ENABLE, REVERSION_SECONDS));
  }

  @Override
  public List<ControlRequest> requests(
      double kw, Reversion reversion, ModelImage present, DeviceRatings ratings) {
    int power = present.scaleFactor(VALUE).orElse(0);
    Map<String, Double> settings = new LinkedHashMap<>();
    settings.put(ENABLE, 1.0);
    settings.put(MODE, WATTS);
    settings.put(VALUE, watts(kw, power));
    settings.put(REVERSION, watts(reversion.powerKw(), power));
    settings.put(REVERSION_ENABLE, 1.0);
    settings.put(REVERSION_SECONDS, (double) reversion.after().toSeconds());
    return List.of(new ControlRequest(model(), settings));
  }

  @Override
  public double kw(ModelImage image, DeviceRatings ratings) {
    return image.value(VALUE).orElse(0) / WATTS_PER_KW;
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

  /** The code nearest to the power that is not beyond it, in watts. */
  private static double watts(double kw, int power) {
    double scaled = Scale.invert(kw * WATTS_PER_KW, power);
    double nearest = Math.rint(scaled);
    long code = (long) (Math.abs(nearest - scaled) < 1e-6 ? nearest : scaled);
    return Scale.apply((double) code, power);
  }
}
