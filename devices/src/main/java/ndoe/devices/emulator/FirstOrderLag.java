package ndoe.devices.emulator;

/** A value that approaches its target exponentially. */
final class FirstOrderLag {
  private static final double SETTLED = 1e-7;

  private final double scale;
  private double timeConstantSeconds;
  private double value;
  private double target;

  /**
   * A settled value.
   *
   * @param scale the largest it can be; a ten-millionth of it is no difference
   */
  FirstOrderLag(double value, double scale) {
    this.value = value;
    this.target = value;
    this.scale = scale;
  }

  double value() {
    return value;
  }

  void aim(double newTarget, double newTimeConstantSeconds) {
    target = newTarget;
    timeConstantSeconds = newTimeConstantSeconds;
    if (timeConstantSeconds == 0 || settled()) {
      value = target;
    }
  }

  boolean settled() {
    return Math.abs(target - value) <= SETTLED * scale;
  }

  /** Takes up a value; where it heads for is to be told anew. */
  void restore(double newValue) {
    value = newValue;
    target = newValue;
  }

  /** How long the value may be taken as constant. */
  double stepSeconds() {
    return settled() ? Double.POSITIVE_INFINITY : timeConstantSeconds / 20;
  }

  void advance(double seconds) {
    value =
        settled() ? target : target + (value - target) * Math.exp(-seconds / timeConstantSeconds);
  }
}
