package ndoe.devices.sunspec;

/** Powers of ten, divided rather than multiplied by a fraction, so that 4995 at −2 is 49.95. */
final class Scale {
  private Scale() {}

  static double apply(double raw, int power) {
    return power < 0 ? raw / Math.pow(10, -power) : raw * Math.pow(10, power);
  }

  static double invert(double value, int power) {
    return apply(value, -power);
  }
}
