package ndoe.controller.trading;

/**
 * No platform: the two ends of every link tell each other what they still miss and move their trade
 * by a proximal gradient step, all links at once, accelerated (method, 6.2; Beck and Teboulle, SIAM
 * J. Imaging Sci. 2, 2009).
 */
final class NeighbourClearing implements Clearing {
  /** Exchanges between neighbours in one cycle. */
  private static final int EXCHANGES = 60;

  private final TradeGraph graph;
  private final double penalty;
  private final double stepWeight;

  NeighbourClearing(TradeGraph graph, double penalty) {
    this.graph = graph;
    this.penalty = penalty;
    // The largest eigenvalue of S'S is at most twice the largest degree.
    this.stepWeight = 2.0 * Math.max(1, graph.largestDegree());
  }

  @Override
  public void clear(double[] desiredMw, double[] tradeMw) {
    double[] ahead = tradeMw.clone();
    double momentum = 1;
    for (int exchange = 0; exchange < EXCHANGES; exchange++) {
      double[] purchase = graph.purchases(ahead);
      double next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      for (int m = 0; m < tradeMw.length; m++) {
        int seller = graph.seller(m);
        int buyer = graph.buyer(m);
        double missing =
            desiredMw[buyer] - purchase[buyer] - (desiredMw[seller] - purchase[seller]);
        double best =
            Clearing.within(
                graph.limitMw(m),
                graph.charge(m) / (stepWeight * penalty),
                ahead[m] + missing / stepWeight);
        ahead[m] = best + (momentum - 1) / next * (best - tradeMw[m]);
        tradeMw[m] = best;
      }
      momentum = next;
    }
  }
}
