package ndoe.controller.uncertainty;

import java.util.List;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.Variable;
import ndoe.feeders.Uncertainty;

/** The distributions over a prosumer’s samples that it considers possible (method, 4.3). */
public interface AmbiguitySet {

  /**
   * The set a prosumer asks for.
   *
   * @param samples the history was reduced to
   * @param days M, days in the history
   * @param intervalHours length of an interval of the samples, h
   */
  static AmbiguitySet of(
      Uncertainty uncertainty, List<Sample> samples, int days, double intervalHours) {
    return switch (uncertainty.distance()) {
      case NORM -> NormBall.of(uncertainty, samples, days);
      case WASSERSTEIN -> WassersteinBall.of(uncertainty, samples, days, intervalHours);
    };
  }

  /**
   * Adds the largest expected cost over the set to the objective, as the minimum of its dual
   * (method, 4.4 a).
   *
   * @param costs of the samples, one free variable each
   */
  void addWorstExpectation(ConvexProgram.Builder program, List<Variable> costs);

  /**
   * The distribution in the set under which these costs are expected to be highest.
   *
   * @param costs one per sample
   */
  List<Double> worstDistribution(List<Double> costs);

  /**
   * The largest expected cost over the set.
   *
   * @param costs one per sample
   */
  default double worstExpectation(List<Double> costs) {
    return DistributionHull.expectation(worstDistribution(costs), costs);
  }
}
