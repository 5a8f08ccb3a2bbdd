package ndoe.cosim.benchmark;

import ndoe.cosim.opendss.NetworkModel;

/**
 * States of a feeder that a benchmark solves over and over: every load anywhere from nothing to
 * about twice that of the 33-bus feeder, the one at the source at nothing. The same numbers come
 * from {@code cosim/native/floor.c}, so that results can be compared.
 */
final class LoadSequence {
  /** How many states there are. */
  static final int STATES = 1024;

  private static final long SEED = 33;
  private static final double MOST_KW = 230;
  private static final double LEAST_TAN_PHI = 0.25;
  private static final double TAN_PHI_SPAN = 0.5;

  private final double[][] loadKw;
  private final double[][] loadKvar;
  private long random = SEED;

  /**
   * Makes all states.
   *
   * @param loads number of loads
   * @param model how much of each load the circuit’s load stands for
   */
  LoadSequence(int loads, NetworkModel model) {
    double share = model == NetworkModel.THREE_PHASE ? 1 : 3;
    loadKw = new double[STATES][loads];
    loadKvar = new double[STATES][loads];
    for (int state = 0; state < STATES; state++) {
      for (int load = 1; load < loads; load++) {
        double drawn = MOST_KW * nextFraction() / share;
        loadKw[state][load] = drawn;
        loadKvar[state][load] = drawn * (LEAST_TAN_PHI + TAN_PHI_SPAN * nextFraction());
      }
    }
  }

  private double nextFraction() {
    random = random * 6364136223846793005L + 1442695040888963407L;
    return (random >>> 11) * 0x1p-53;
  }

  /** Consumption of each load, kW; not to be changed. */
  double[] loadKw(int state) {
    return loadKw[state];
  }

  /** Consumption of each load, kvar; not to be changed. */
  double[] loadKvar(int state) {
    return loadKvar[state];
  }
}
