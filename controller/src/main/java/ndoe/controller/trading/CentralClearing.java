package ndoe.controller.trading;

/**
 * A platform clears all links: the best trade of one link has a closed form, and sweeping over the
 * links until none moves reaches the optimum, because only the smooth part couples them (Tseng, J.
 * Optim. Theory Appl. 109, 2001).
 */
final class CentralClearing implements Clearing {
  /** Largest movement of a trade in the last sweep, MW. */
  private static final double STILL_MW = 1e-8;

  private static final int MOST_SWEEPS = 5_000;

  private final TradeGraph graph;
  private final double penalty;

  CentralClearing(TradeGraph graph, double penalty) {
    this.graph = graph;
    this.penalty = penalty;
  }

  @Override
  public void clear(double[] desiredMw, double[] tradeMw) {
    double[] missing = graph.purchases(tradeMw);
    for (int n = 0; n < missing.length; n++) {
      missing[n] = desiredMw[n] - missing[n];
    }
    double moved = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < MOST_SWEEPS && moved > STILL_MW; sweep++) {
      moved = 0;
      for (int m = 0; m < tradeMw.length; m++) {
        moved = Math.max(moved, improve(m, missing, tradeMw));
      }
    }
  }

  private double improve(int m, double[] missing, double[] tradeMw) {
    int seller = graph.seller(m);
    int buyer = graph.buyer(m);
    double pull = tradeMw[m] + (missing[buyer] - missing[seller]) / 2;
    double best = Clearing.within(graph.limitMw(m), graph.charge(m) / (2 * penalty), pull);
    double change = best - tradeMw[m];
    tradeMw[m] = best;
    missing[buyer] -= change;
    missing[seller] += change;
    return Math.abs(change);
  }
}
