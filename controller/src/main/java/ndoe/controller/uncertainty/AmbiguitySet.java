package ndoe.controller.uncertainty;

import ndoe.feeders.Uncertainty;

/**
 * The distributions considered possible: within both radii of the empirical one (method, 4.3).
 *
 * @param sumRadius bound on ‖p − p⁰‖₁
 * @param maximumRadius bound on ‖p − p⁰‖∞
 */
public record AmbiguitySet(double sumRadius, double maximumRadius) {

  /**
   * The radii for a history.
   *
   * @param samples K, samples the history was reduced to
   * @param days M, days in the history
   */
  public static AmbiguitySet of(Uncertainty uncertainty, int samples, int days) {
    double k = samples;
    double m = days;
    return switch (uncertainty.radius()) {
      case STOCHASTIC -> new AmbiguitySet(0, 0);
      case ROBUST -> new AmbiguitySet(2, 1);
      case PUBLISHED -> {
        double log = Math.log(2 * k / (1 - uncertainty.confidence()));
        yield new AmbiguitySet(k / (2 * m) * log, log / (2 * m));
      }
      case VALID -> {
        // Weissman for the sum, Hoeffding with a union bound for the maximum; the joint confidence
        // is split evenly between the two.
        double missed = (1 - uncertainty.confidence()) / 2;
        double outcomes = Math.pow(2, k) - 2;
        yield new AmbiguitySet(
            outcomes > 0 ? Math.min(2, Math.sqrt(2 / m * Math.log(outcomes / missed))) : 0,
            Math.min(1, Math.sqrt(Math.log(2 * k / missed) / (2 * m))));
      }
    };
  }
}
