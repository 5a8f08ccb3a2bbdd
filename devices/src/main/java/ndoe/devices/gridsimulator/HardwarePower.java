package ndoe.devices.gridsimulator;

/**
 * Power that hardware or its model injects.
 *
 * @param activeKw kW, negative when drawing
 * @param reactiveKvar kvar, negative when drawing
 */
public record HardwarePower(double activeKw, double reactiveKvar) {

  HardwarePower minus(HardwarePower other) {
    return new HardwarePower(activeKw - other.activeKw, reactiveKvar - other.reactiveKvar);
  }

  HardwarePower plus(HardwarePower other) {
    return new HardwarePower(activeKw + other.activeKw, reactiveKvar + other.reactiveKvar);
  }

  HardwarePower times(double factor) {
    return new HardwarePower(factor * activeKw, factor * reactiveKvar);
  }

  /** Magnitude, kVA. */
  double apparentKva() {
    return Math.hypot(activeKw, reactiveKvar);
  }
}
