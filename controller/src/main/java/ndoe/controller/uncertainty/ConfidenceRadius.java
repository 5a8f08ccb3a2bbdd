package ndoe.controller.uncertainty;

/**
 * How far the empirical distribution of independent days may be from the true one over K outcomes,
 * with a given confidence (method, 4.3).
 */
final class ConfidenceRadius {
  private ConfidenceRadius() {}

  /**
   * Radius of ‖p − p⁰‖₁: {@code sqrt((2/M) ln((2^K − 2)/(1 − α)))}, at most 2 (Weissman et al.,
   * "Inequalities for the L1 deviation of the empirical distribution", HPL-2003-97, 2003).
   */
  static double ofSum(int outcomes, int days, double confidence) {
    double sets = Math.pow(2, outcomes) - 2;
    return sets > 0 ? Math.min(2, Math.sqrt(2.0 / days * Math.log(sets / (1 - confidence)))) : 0;
  }

  /**
   * Radius of ‖p − p⁰‖∞: {@code sqrt(ln(2K/(1 − α))/(2M))}, at most 1 (Hoeffding, J. Am. Stat.
   * Assoc. 58, 1963, with a union bound).
   */
  static double ofMaximum(int outcomes, int days, double confidence) {
    return Math.min(1, Math.sqrt(Math.log(2 * outcomes / (1 - confidence)) / (2 * days)));
  }

  /**
   * The literature's Wasserstein radius as a fraction of the support's diameter: {@code sqrt((2/M)
   * ln(1/(1 − α)))}, at most 1 (Zhao and Guan, Oper. Res. Lett. 46, 2018).
   */
  static double publishedOfTransport(int days, double confidence) {
    return Math.min(1, Math.sqrt(2.0 / days * Math.log(1 / (1 - confidence))));
  }

  /** The literature's radius of ‖p − p⁰‖₁, which does not keep the confidence it states. */
  static double publishedOfSum(int outcomes, int days, double confidence) {
    return outcomes * publishedOfMaximum(outcomes, days, confidence);
  }

  /** The literature's radius of ‖p − p⁰‖∞, which does not keep the confidence it states. */
  static double publishedOfMaximum(int outcomes, int days, double confidence) {
    return Math.log(2 * outcomes / (1 - confidence)) / (2 * days);
  }
}
