package ndoe.cosim.validation;

/**
 * How often one distribution of forecast errors breaks any limit at one operating point.
 *
 * @param point the corner or the name of the dispatch
 * @param draws of one interval each, over all intervals
 * @param violated draws with at least one broken limit or no solution
 * @param promised what the share should not exceed
 * @param worstInterval position of the interval with the largest share
 * @param worstIntervalShare its share
 * @param element bus or line broken most often in it, by name; blank when none was
 */
public record ForecastShare(
    ErrorDistribution distribution,
    String point,
    long draws,
    long violated,
    double promised,
    int worstInterval,
    double worstIntervalShare,
    String element) {

  /** Quantile of the normal distribution for an interval of 95 % confidence. */
  private static final double CONFIDENCE_QUANTILE = 1.959963984540054;

  public double share() {
    return (double) violated / draws;
  }

  /** Lower end of Wilson’s score interval of 95 % confidence. */
  public double lowestShare() {
    return violated == 0 ? 0 : Math.max(0, center() - halfWidth());
  }

  /** Upper end of Wilson’s score interval of 95 % confidence. */
  public double highestShare() {
    return violated == draws ? 1 : Math.min(1, center() + halfWidth());
  }

  private double center() {
    double squared = CONFIDENCE_QUANTILE * CONFIDENCE_QUANTILE;
    return (violated + squared / 2) / (draws + squared);
  }

  private double halfWidth() {
    double squared = CONFIDENCE_QUANTILE * CONFIDENCE_QUANTILE;
    return CONFIDENCE_QUANTILE
        * Math.sqrt(draws * share() * (1 - share()) + squared / 4)
        / (draws + squared);
  }

  /** Whether more was found than promised, be it by chance. */
  public boolean abovePromise() {
    return share() > promised;
  }

  /** Whether even the lower end of the confidence interval is above the promise. */
  public boolean breaksPromise() {
    return lowestShare() > promised;
  }
}
