package ndoe.feeders;

/**
 * How a prosumer learns from its past.
 *
 * @param historyDays days of the profile file nearest to the horizon, itself left out
 * @param scenarios samples they are reduced to
 * @param confidence of the ambiguity set, fraction in (0, 1)
 */
public record Uncertainty(int historyDays, int scenarios, Radius radius, double confidence) {

  /** How large the ambiguity set is. */
  public enum Radius {
    VALID,
    PUBLISHED,
    STOCHASTIC,
    ROBUST
  }
}
