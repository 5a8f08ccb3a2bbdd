package ndoe.devices.gridsimulator;

/** What gives hardware its voltage and measures its power. */
public interface PowerAmplifier {

  /**
   * Brings the voltage there.
   *
   * @param voltagePu of nominal
   * @throws ndoe.devices.DeviceLinkException if it is not known to be there
   * @throws IllegalArgumentException if it is outside the bounds; nothing was changed
   */
  void setVoltagePu(double voltagePu);

  /**
   * Measures voltage and power.
   *
   * @throws ndoe.devices.DeviceLinkException if there is no answer that makes sense
   */
  Sample measure();

  /**
   * Leaves the output as configured for every way out.
   *
   * @throws ndoe.devices.DeviceLinkException if it is not known to be so
   */
  void makeSafe();

  /**
   * One measurement.
   *
   * @param atNanos monotonic time it was begun
   * @param voltagePu mean of the phases over nominal
   * @param power that the hardware injects, all phases
   */
  record Sample(long atNanos, double voltagePu, HardwarePower power) {}
}
