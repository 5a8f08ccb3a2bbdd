package ndoe.controller.prosumer;

/**
 * The correction that makes three blocks in turn converge, which they need not do alone: an upper
 * triangular step on what the second and third block found (method, 6.1; after He, Tao and Yuan,
 * SIAM J. Optim. 22, 2012).
 *
 * @param step ν in (0, 1)
 */
record TriangularCorrection(double step) {

  /** {@code y − ν(y − ỹ) + ν(g − g̃)}: the second block follows the third one’s move as well. */
  double middle(double before, double found, double lastBefore, double lastFound) {
    return before - step * (before - found) + step * (lastBefore - lastFound);
  }

  /** {@code g − ν(g − g̃)}. */
  double last(double before, double found) {
    return before - step * (before - found);
  }
}
