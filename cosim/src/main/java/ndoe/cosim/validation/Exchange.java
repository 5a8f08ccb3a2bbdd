package ndoe.cosim.validation;

/**
 * What every connection point draws, in the order of the security case; never changed once made.
 */
final class Exchange {
  private final double[] netImportKw;
  private final double[] reactivePowerKvar;

  /**
   * Keeps both arrays.
   *
   * @param netImportKw active power, kW, negative when feeding in
   * @param reactivePowerKvar reactive power, kvar, negative when feeding in
   */
  Exchange(double[] netImportKw, double[] reactivePowerKvar) {
    this.netImportKw = netImportKw;
    this.reactivePowerKvar = reactivePowerKvar;
  }

  double[] netImportKw() {
    return netImportKw;
  }

  double[] reactivePowerKvar() {
    return reactivePowerKvar;
  }
}
