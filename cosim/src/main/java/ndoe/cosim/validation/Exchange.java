package ndoe.cosim.validation;

/**
 * What every connection point draws, in the order of the security case; never changed once made.
 *
 * @param netImportKw active power, kW, negative when feeding in
 * @param reactivePowerKvar reactive power, kvar, negative when feeding in
 */
record Exchange(double[] netImportKw, double[] reactivePowerKvar) {}
