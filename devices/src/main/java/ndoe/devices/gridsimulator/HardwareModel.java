package ndoe.devices.gridsimulator;

/** What hardware injects at a voltage once it has settled. */
@FunctionalInterface
public interface HardwareModel {

  /**
   * Power of all phases.
   *
   * @param voltagePu of nominal
   */
  HardwarePower at(double voltagePu);

  /** The same power at every voltage. */
  static HardwareModel constantPower(double activeKw, double reactiveKvar) {
    return voltagePu -> new HardwarePower(activeKw, reactiveKvar);
  }

  /** A passive load: draws with the square of the voltage; both powers ≥ 0, drawn at nominal. */
  static HardwareModel constantImpedance(double drawnKw, double drawnKvar) {
    return voltagePu ->
        new HardwarePower(-drawnKw * voltagePu * voltagePu, -drawnKvar * voltagePu * voltagePu);
  }

  /**
   * An inverter that draws reactive power above its dead band and injects it below, up to its
   * limit.
   *
   * @param activeKw injected, kW
   * @param mostKvar limit of the reactive power, kvar
   * @param deadBandPu half width of the band around 1 pu without reactive power
   * @param kvarPerPu slope outside the band, kvar per unit of voltage
   */
  static HardwareModel voltVar(
      double activeKw, double mostKvar, double deadBandPu, double kvarPerPu) {
    return voltagePu -> {
      double excess = Math.max(0, Math.abs(voltagePu - 1) - deadBandPu);
      double kvar = Math.min(mostKvar, kvarPerPu * excess);
      return new HardwarePower(activeKw, voltagePu > 1 ? -kvar : kvar);
    };
  }
}
