package ndoe.devices.emulator;

/** A value that follows its target at a bounded rate; an infinite rate follows at once. */
final class Ramp {
  private static final double NEGLIGIBLE_SECONDS = 1e-12;

  private final double ratePerSecond;
  private double value;
  private double target;

  Ramp(double value, double ratePerSecond) {
    this.value = value;
    this.target = value;
    this.ratePerSecond = ratePerSecond;
  }

  double value() {
    return value;
  }

  double target() {
    return target;
  }

  void aim(double newTarget) {
    target = newTarget;
    if (Double.isInfinite(ratePerSecond)) {
      value = newTarget;
    }
  }

  void jump(double newValue) {
    value = Double.isInfinite(ratePerSecond) ? target : newValue;
  }

  /** Takes up a value on its way to a target. */
  void restore(double newValue, double newTarget) {
    value = newValue;
    target = newTarget;
  }

  /** Seconds until the value meets the level on its way; infinite when it never will. */
  double secondsTo(double level) {
    boolean ahead =
        target > value ? level > value && level <= target : level < value && level >= target;
    double seconds = ahead ? Math.abs(level - value) / ratePerSecond : Double.POSITIVE_INFINITY;
    return seconds < NEGLIGIBLE_SECONDS ? Double.POSITIVE_INFINITY : seconds;
  }

  void advance(double seconds) {
    double reach = ratePerSecond * seconds;
    if (Math.abs(target - value) <= reach) {
      value = target;
    } else if (seconds > 0) {
      value += Math.copySign(reach, target - value);
    }
  }
}
