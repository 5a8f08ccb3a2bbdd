package ndoe.controller.network;

import java.util.Arrays;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.cosim.powerflow.Injections;

/** What is drawn at every bus in one interval, as the linear network takes it: MW and Mvar. */
public final class DrawnPower {
  private final double[] activeMw;
  private final double[] reactiveMvar;

  private DrawnPower(double[] activeMw, double[] reactiveMvar) {
    this.activeMw = activeMw;
    this.reactiveMvar = reactiveMvar;
  }

  /**
   * Passive loads and assets as scheduled, connection points as told.
   *
   * @param netImportKw of each connection point in their order, kW, negative when feeding in
   */
  public static DrawnPower at(FeederUse use, int interval, double[] netImportKw) {
    Injections injections = new Injections(use.buses());
    use.put(interval, netImportKw, injections);
    double[] activeMw = new double[use.buses()];
    double[] reactiveMvar = new double[use.buses()];
    Arrays.setAll(activeMw, bus -> -injections.activePowerKw(bus) / 1000);
    Arrays.setAll(reactiveMvar, bus -> -injections.reactivePowerKvar(bus) / 1000);
    return new DrawnPower(activeMw, reactiveMvar);
  }

  /** Squared voltage at a bus, per unit. */
  public double squaredVoltagePu(LinDistFlow network, int bus) {
    return network.squaredVoltagePu(bus, activeMw, reactiveMvar);
  }

  /** Apparent power through a line, MVA. */
  public double flowMva(LinDistFlow network, int line) {
    return Math.hypot(network.flow(line, activeMw), network.flow(line, reactiveMvar));
  }
}
