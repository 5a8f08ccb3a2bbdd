package ndoe.cosim.validation;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How errors of the load forecast may be distributed. All have mean 0 and the same covariance:
 * every load has the same relative standard deviation, any two the same correlation. They differ in
 * what a covariance does not say.
 */
public enum ErrorDistribution {
  /** Gaussian. */
  NORMAL,
  /** Student’s t with 4 degrees of freedom, one scale for all loads, so that they err together. */
  HEAVY_TAILED,
  /** Exponential, shifted to mean 0: seldom, but then far, more load than forecast; skewness 2. */
  SKEWED_HIGH,
  /** The same mirrored: seldom, but then far, less load than forecast. */
  SKEWED_LOW;

  private static final double DEGREES_OF_FREEDOM = 4;

  /** As certificates and messages name it: {@code heavy-tailed}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Fills in one draw for every load.
   *
   * @param errors where to, fraction of each load
   * @param standardDeviation of each load, fraction of it
   * @param correlation between any two loads, in [0, 1]
   */
  void draw(
      double[] errors, double standardDeviation, double correlation, SplittableRandom random) {
    double together = Math.sqrt(correlation) * standard(random);
    double alone = Math.sqrt(1 - correlation);
    double scale = standardDeviation * (this == HEAVY_TAILED ? heavyScale(random) : 1);
    for (int load = 0; load < errors.length; load++) {
      errors[load] = scale * (together + alone * standard(random));
    }
  }

  /** Mean 0, variance 1. */
  private double standard(SplittableRandom random) {
    return switch (this) {
      case NORMAL, HEAVY_TAILED -> random.nextGaussian();
      case SKEWED_HIGH -> exponential(random) - 1;
      case SKEWED_LOW -> 1 - exponential(random);
    };
  }

  private static double exponential(SplittableRandom random) {
    return -Math.log(1 - random.nextDouble());
  }

  /** What makes t of a Gaussian, at variance 1: √((ν − 2) / χ²), ν = 4. */
  private static double heavyScale(SplittableRandom random) {
    double chiSquared = 2 * (exponential(random) + exponential(random));
    return Math.sqrt((DEGREES_OF_FREEDOM - 2) / chiSquared);
  }
}
