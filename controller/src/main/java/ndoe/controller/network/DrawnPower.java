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
    Injections injections = use.injections();
    use.put(interval, netImportKw, injections);
    double[] activeMw = new double[injections.buses()];
    double[] reactiveMvar = new double[injections.buses()];
    Arrays.setAll(activeMw, at -> -injections.activePowerKw(at) / 1000);
    Arrays.setAll(reactiveMvar, at -> -injections.reactivePowerKvar(at) / 1000);
    return new DrawnPower(activeMw, reactiveMvar);
  }

  /** Squared voltage at a bus, per unit. */
  public double squaredVoltagePu(LinearNetwork network, int bus) {
    return network.squaredVoltagePu(bus, activeMw, reactiveMvar);
  }

  /** Apparent power through the fullest conductor of a line, MVA. */
  public double flowMva(LinearNetwork network, int line) {
    return network.flowMva(line, activeMw, reactiveMvar);
  }

  /** Losses of all lines, MW. */
  public double lossesMw(LinearNetwork network) {
    return network.lossesMw(activeMw, reactiveMvar);
  }
}
