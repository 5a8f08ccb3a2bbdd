package ndoe.controller.trading;

/**
 * How block Y is solved: {@code min Σ u|b| + β/2 ‖ρ − S b‖²} over all trades within their limits,
 * for one interval (method, 6.2).
 */
interface Clearing {

  /**
   * Improves trades to the optimum.
   *
   * @param desiredMw ρ of every prosumer
   * @param tradeMw of every link; where to start and what is found
   */
  void clear(double[] desiredMw, double[] tradeMw);

  /** Soft threshold and limit of one trade. */
  static double within(double limit, double threshold, double pull) {
    double size = Math.min(limit, Math.max(0, Math.abs(pull) - threshold));
    return pull < 0 ? -size : size;
  }
}
