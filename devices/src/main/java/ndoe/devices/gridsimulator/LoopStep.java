package ndoe.devices.gridsimulator;

/**
 * One step of hardware and network.
 *
 * @param number counted from 1 since the coupling began
 * @param phase in which the step was made
 * @param networkPu voltage of the coupling bus in the network, per unit
 * @param setPu voltage the amplifier was told, per unit
 * @param measuredPu voltage measured at the hardware, per unit
 * @param used power the network saw, kW and kvar
 * @param measured power of the hardware, scaled to the network
 * @param settled whether network and hardware agree
 */
public record LoopStep(
    int number,
    Phase phase,
    double networkPu,
    double setPu,
    double measuredPu,
    HardwarePower used,
    HardwarePower measured,
    boolean settled) {

  /** What is in the network. */
  public enum Phase {
    /** The model; the hardware only feels the voltage. */
    ON_MODEL,
    /** The hardware. */
    COUPLED,
    /** The model again, the amplifier safe, until the end. */
    ABORTED
  }

  /** How far the hardware is from what the network saw, kVA. */
  public double residualKva() {
    return measured.minus(used).apparentKva();
  }
}
