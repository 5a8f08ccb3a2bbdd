package ndoe.controller.message;

/**
 * How the parties negotiate; known to all of them. Penalties are on MW, in thousands of the
 * currency, per hour, so that prices per MWh in thousands are prices per kWh.
 *
 * @param tradeMethod of the inner loop
 * @param tradePenalty β, thousands of the currency per MW²h (method, section 6)
 * @param correctionStep ν of the correction, in (0, 1)
 * @param envelopeWeight w² of the outer loop, thousands of the currency per MW²h (method, section
 *     7)
 * @param relaxation over-relaxation of the outer loop, 1 ≤ α &lt; 2
 * @param mostCycles of the inner loop in a round; 1 is the single sweep with its proof
 * @param mostRounds after which the negotiation ends without agreement
 * @param toleranceKw of every mismatch, kW
 * @param tolerancePerKwh of every movement, currency per kWh
 */
public record Terms(
    TradeMethod tradeMethod,
    double tradePenalty,
    double correctionStep,
    double envelopeWeight,
    double relaxation,
    int mostCycles,
    int mostRounds,
    double toleranceKw,
    double tolerancePerKwh) {

  /** How the inner loop updates its blocks. */
  public enum TradeMethod {
    /** Three blocks one after the other, then the triangular correction (method, 6.1). */
    TRIAMC,
    /** Three blocks one after the other; not guaranteed to converge. */
    DIRECT,
    /** Three blocks at once with proximal terms (method, 6.7). */
    PROXIMAL_JACOBIAN,
    /** Every end of a link keeps a copy of the trade (method, 6.5). */
    EDGE
  }

  public Terms {
    positive("tradePenalty", tradePenalty);
    positive("envelopeWeight", envelopeWeight);
    if (!(correctionStep > 0 && correctionStep < 1)) {
      throw new IllegalArgumentException("correctionStep must be in (0, 1): " + correctionStep);
    }
    if (!(relaxation >= 1 && relaxation < 2)) {
      throw new IllegalArgumentException("relaxation must be in [1, 2): " + relaxation);
    }
    if (mostCycles < 1 || mostRounds < 1) {
      throw new IllegalArgumentException("at least one cycle and one round");
    }
    positive("toleranceKw", toleranceKw);
    positive("tolerancePerKwh", tolerancePerKwh);
  }

  private static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be above 0: " + value);
    }
  }

  /** τ of the proximal terms: just above 2β, which three blocks at once need (method, 6.7). */
  public double proximalWeight() {
    return tradeMethod == TradeMethod.PROXIMAL_JACOBIAN ? 2.1 * tradePenalty : 0;
  }

  /** The same penalties and tolerances with other loops. */
  public Terms with(TradeMethod tradeMethod, int mostCycles, int mostRounds) {
    return new Terms(
        tradeMethod,
        tradePenalty,
        correctionStep,
        envelopeWeight,
        relaxation,
        mostCycles,
        mostRounds,
        toleranceKw,
        tolerancePerKwh);
  }

  /** The same terms with another β. */
  public Terms withTradePenalty(double tradePenalty) {
    return withPenalties(tradePenalty, correctionStep, envelopeWeight, relaxation);
  }

  /** The same terms with another ν. */
  public Terms withCorrectionStep(double correctionStep) {
    return withPenalties(tradePenalty, correctionStep, envelopeWeight, relaxation);
  }

  /** The same terms with another w². */
  public Terms withEnvelopeWeight(double envelopeWeight) {
    return withPenalties(tradePenalty, correctionStep, envelopeWeight, relaxation);
  }

  /** The same terms with another relaxation. */
  public Terms withRelaxation(double relaxation) {
    return withPenalties(tradePenalty, correctionStep, envelopeWeight, relaxation);
  }

  private Terms withPenalties(
      double tradePenalty, double correctionStep, double envelopeWeight, double relaxation) {
    return new Terms(
        tradeMethod,
        tradePenalty,
        correctionStep,
        envelopeWeight,
        relaxation,
        mostCycles,
        mostRounds,
        toleranceKw,
        tolerancePerKwh);
  }

  /** The same terms for powers that are larger by a factor, at the same prices. */
  public Terms forPowers(double factor) {
    return withPenalties(tradePenalty / factor, correctionStep, envelopeWeight / factor, relaxation)
        .withTolerances(toleranceKw * factor, tolerancePerKwh);
  }

  /** The same terms with tolerances divided by a factor. */
  public Terms sharper(double factor) {
    return withTolerances(toleranceKw / factor, tolerancePerKwh / factor);
  }

  private Terms withTolerances(double toleranceKw, double tolerancePerKwh) {
    return new Terms(
        tradeMethod,
        tradePenalty,
        correctionStep,
        envelopeWeight,
        relaxation,
        mostCycles,
        mostRounds,
        toleranceKw,
        tolerancePerKwh);
  }

  /** The same terms with one cycle a round, which is proven to converge (method, 7.1). */
  public Terms asSingleSweep() {
    return with(tradeMethod, 1, mostRounds);
  }

  /** Whether operator and trading share one sweep, which is proven to converge. */
  public boolean singleSweep() {
    return mostCycles == 1;
  }
}
