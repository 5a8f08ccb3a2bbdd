package ndoe.cosim.validation;

/**
 * Errors of the passive load’s forecast to be tried (method, 3.6).
 *
 * @param draws per interval, distribution and operating point; 0 leaves them out
 * @param standardDeviation of each load, fraction of it
 * @param correlation between the errors of any two loads, in [0, 1]
 * @param promisedProbability share of intervals that may break a limit; 1 when nothing is promised
 */
public record ForecastErrors(
    int draws, double standardDeviation, double correlation, double promisedProbability) {

  /** Nothing to be tried. */
  public static final ForecastErrors NONE = new ForecastErrors(0, 0, 0, 1);

  public ForecastErrors {
    if (draws < 0) {
      throw new IllegalArgumentException("draws must be at least 0: " + draws);
    }
    // Written so that NaN is refused too.
    if (!(standardDeviation >= 0)
        || !(correlation >= 0 && correlation <= 1)
        || !(promisedProbability >= 0 && promisedProbability <= 1)) {
      throw new IllegalArgumentException(
          "standard deviation must be at least 0, correlation and probability in [0, 1]: %s, %s, %s"
              .formatted(standardDeviation, correlation, promisedProbability));
    }
  }

  boolean tried() {
    return draws > 0 && standardDeviation > 0;
  }
}
