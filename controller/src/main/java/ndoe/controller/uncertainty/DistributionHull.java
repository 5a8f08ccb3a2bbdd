package ndoe.controller.uncertainty;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.Row;
import ndoe.controller.program.Variable;

/**
 * All mixtures of some given distributions: what column-and-constraint generation knows of a set so
 * far (method, 4.4 b).
 *
 * @param distributions at least one; every sample must have weight in one of them
 */
public record DistributionHull(List<List<Double>> distributions) implements AmbiguitySet {
  public DistributionHull {
    distributions = distributions.stream().map(List::copyOf).toList();
  }

  // η ≥ Σ p q for every distribution.
  @Override
  public void addWorstExpectation(ConvexProgram.Builder program, List<Variable> costs) {
    double infinity = Double.POSITIVE_INFINITY;
    Variable eta = program.variable("eta", -infinity, infinity);
    program.addLinearCost(eta, 1);
    for (int i = 0; i < distributions.size(); i++) {
      Row cut = program.row("distribution " + i, 0, infinity).add(eta, 1);
      for (int k = 0; k < costs.size(); k++) {
        cut.add(costs.get(k), -distributions.get(i).get(k));
      }
    }
  }

  @Override
  public List<Double> worstDistribution(List<Double> costs) {
    return distributions.stream()
        .max(Comparator.comparingDouble(distribution -> expectation(distribution, costs)))
        .orElseThrow();
  }

  /** Σ p q. */
  static double expectation(List<Double> distribution, List<Double> costs) {
    return IntStream.range(0, costs.size())
        .mapToDouble(k -> distribution.get(k) * costs.get(k))
        .sum();
  }
}
