package ndoe.feeders;

/**
 * How a prosumer learns from its past.
 *
 * @param historyDays days of the profile file nearest to the horizon, itself left out
 * @param scenarios samples they are reduced to
 * @param distance what makes two distributions near each other
 * @param radius how far from the empirical distribution the ambiguity set reaches
 * @param confidence of the ambiguity set, fraction in (0, 1)
 */
public record Uncertainty(
    int historyDays, int scenarios, Distance distance, Radius radius, double confidence) {

  /** The same with its past reduced to this many samples. */
  public Uncertainty withScenarios(int other) {
    return new Uncertainty(historyDays, other, distance, radius, confidence);
  }

  /** The same with another ambiguity set. */
  public Uncertainty withRadius(Radius other) {
    return new Uncertainty(historyDays, scenarios, distance, other, confidence);
  }

  /** How distributions are compared. */
  public enum Distance {
    /** By their probabilities: their sum and their maximum norm. */
    NORM,
    /** By the energy that tells their days apart: what it takes to move one into the other. */
    WASSERSTEIN
  }

  /** How large the ambiguity set is. */
  public enum Radius {
    VALID,
    PUBLISHED,
    STOCHASTIC,
    ROBUST
  }
}
