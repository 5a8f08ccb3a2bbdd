package ndoe.controller.study;

import java.util.Arrays;

/**
 * How a plan fared on days it was not made for; costs are in the scenario’s currency per day.
 *
 * @param meanCost over the test days
 * @param standardError of that mean
 * @param tailMeanCost mean of the dearest 5 % of the days (CVaR)
 * @param dearerShare fraction of the days that cost more than was promised
 * @param promiseKept whether the mean is at most the promise and one standard error
 * @param shedKwh load not served, mean per day, kWh
 */
public record OutOfSample(
    double meanCost,
    double standardError,
    double tailMeanCost,
    double dearerShare,
    boolean promiseKept,
    double shedKwh) {
  private static final double TAIL = 0.05;

  /**
   * Sums days up.
   *
   * @param costs of each day, at least one
   * @param shedKwh of each day
   * @param promise the expected cost that was promised
   */
  static OutOfSample of(double[] costs, double[] shedKwh, double promise) {
    int days = costs.length;
    double mean = Arrays.stream(costs).average().orElseThrow();
    double squares = Arrays.stream(costs).map(cost -> (cost - mean) * (cost - mean)).sum();
    double error = days > 1 ? Math.sqrt(squares / (days - 1) / days) : 0;
    long dearer = Arrays.stream(costs).filter(cost -> cost > promise).count();
    return new OutOfSample(
        mean,
        error,
        tailMean(costs),
        (double) dearer / days,
        mean <= promise + error,
        Arrays.stream(shedKwh).average().orElseThrow());
  }

  /** Mean of the dearest share of the days, the last of them counted in part. */
  private static double tailMean(double[] costs) {
    double[] sorted = costs.clone();
    Arrays.sort(sorted);
    double count = TAIL * sorted.length;
    double left = count;
    double sum = 0;
    for (int i = sorted.length - 1; i >= 0 && left > 0; i--) {
      sum += Math.min(1, left) * sorted[i];
      left -= 1;
    }
    return sum / count;
  }
}
