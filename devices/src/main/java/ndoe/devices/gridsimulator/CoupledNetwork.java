package ndoe.devices.gridsimulator;

/** The simulated network that hardware is coupled to. */
@FunctionalInterface
public interface CoupledNetwork {

  /**
   * Voltage of the coupling bus while this is injected there in place of the device.
   *
   * @return per unit; NaN if no state was found
   */
  double voltagePu(HardwarePower injected);
}
