package ndoe.controller.uncertainty;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.Variable;
import ndoe.feeders.Uncertainty;

/**
 * Distributions within two radii of the empirical one (method, 4.3).
 *
 * @param probabilities p⁰, the empirical weights
 * @param sumRadius bound on ‖p − p⁰‖₁
 * @param maximumRadius bound on ‖p − p⁰‖∞
 */
public record NormBall(List<Double> probabilities, double sumRadius, double maximumRadius)
    implements AmbiguitySet {
  public NormBall {
    probabilities = List.copyOf(probabilities);
  }

  public static NormBall around(List<Sample> samples, double sumRadius, double maximumRadius) {
    return new NormBall(
        samples.stream().map(Sample::probability).toList(), sumRadius, maximumRadius);
  }

  static NormBall of(Uncertainty uncertainty, List<Sample> samples, int days) {
    double k = samples.size();
    double m = days;
    return switch (uncertainty.radius()) {
      case STOCHASTIC -> around(samples, 0, 0);
      case ROBUST -> around(samples, 2, 1);
      case PUBLISHED -> {
        double log = Math.log(2 * k / (1 - uncertainty.confidence()));
        yield around(samples, k / (2 * m) * log, log / (2 * m));
      }
      case VALID -> {
        // Weissman for the sum, Hoeffding with a union bound for the maximum; the joint confidence
        // is split evenly between the two.
        double missed = (1 - uncertainty.confidence()) / 2;
        double outcomes = Math.pow(2, k) - 2;
        yield around(
            samples,
            outcomes > 0 ? Math.min(2, Math.sqrt(2 / m * Math.log(outcomes / missed))) : 0,
            Math.min(1, Math.sqrt(Math.log(2 * k / missed) / (2 * m))));
      }
    };
  }

  // η + Σ p⁰(a − b) + θ₁ μ + θ∞ Σ ν,  η + a − b ≥ q,  a + b ≤ μ + ν.
  @Override
  public void addWorstExpectation(ConvexProgram.Builder program, List<Variable> costs) {
    double infinity = Double.POSITIVE_INFINITY;
    Variable eta = program.variable("eta", -infinity, infinity);
    Variable mu = program.variable("mu", 0, infinity);
    program.addLinearCost(eta, 1).addLinearCost(mu, sumRadius);
    for (int k = 0; k < costs.size(); k++) {
      Variable a = program.variable("a" + k, 0, infinity);
      Variable b = program.variable("b" + k, 0, infinity);
      Variable nu = program.variable("nu" + k, 0, infinity);
      program.addLinearCost(a, probabilities.get(k)).addLinearCost(b, -probabilities.get(k));
      program.addLinearCost(nu, maximumRadius);
      program
          .row("worst case " + k, 0, infinity)
          .add(eta, 1)
          .add(a, 1)
          .add(b, -1)
          .add(costs.get(k), -1);
      program.row("radii " + k, -infinity, 0).add(a, 1).add(b, 1).add(mu, -1).add(nu, -1);
    }
  }

  // Probability moves from the cheapest samples to the dearest as far as both radii let it.
  @Override
  public List<Double> worstDistribution(List<Double> costs) {
    List<Integer> cheapestFirst =
        IntStream.range(0, costs.size()).boxed().sorted(Comparator.comparing(costs::get)).toList();
    List<Double> worst = new ArrayList<>(probabilities);
    double budget = sumRadius / 2;
    int from = 0;
    int to = costs.size() - 1;
    while (from < to && budget > 0) {
      int cheap = cheapestFirst.get(from);
      int dear = cheapestFirst.get(to);
      double spare = worst.get(cheap) - Math.max(0, probabilities.get(cheap) - maximumRadius);
      double room = Math.min(1, probabilities.get(dear) + maximumRadius) - worst.get(dear);
      double moved = Math.min(budget, Math.min(spare, room));
      worst.set(cheap, worst.get(cheap) - moved);
      worst.set(dear, worst.get(dear) + moved);
      budget -= moved;
      if (spare <= room) {
        from++;
      } else {
        to--;
      }
    }
    return Collections.unmodifiableList(worst);
  }
}
