package ndoe.cosim.powerflow;

import ndoe.feeders.Profile;

/**
 * What the feeder does.
 *
 * @param converged false when the engine found no solution; then nothing else is meaningful
 * @param phases voltages per bus
 * @param voltagesPu magnitude per bus and phase, bus by bus in the feeder’s order, per unit
 * @param lineLoadingKva apparent power at the more loaded end, per line in the feeder’s order, kVA
 * @param lossesKw active losses of all lines, kW
 * @param lossesKvar reactive losses of all lines, kvar
 */
public record GridState(
    boolean converged,
    int phases,
    Profile voltagesPu,
    Profile lineLoadingKva,
    double lossesKw,
    double lossesKvar) {

  /** The state of a feeder for which no solution was found. */
  public static GridState notConverged(int phases) {
    Profile nothing = Profile.of();
    return new GridState(false, phases, nothing, nothing, Double.NaN, Double.NaN);
  }

  public double voltagePu(int bus, int phase) {
    return voltagesPu.at(bus * phases + phase);
  }
}
