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
    double confidence = uncertainty.confidence();
    return switch (uncertainty.radius()) {
      case STOCHASTIC -> around(samples, 0, 0);
      case ROBUST -> around(samples, 2, 1);
      case PUBLISHED -> published(samples, days, confidence, confidence);
      case VALID -> {
        // The joint confidence is split evenly between the two radii.
        double each = 1 - (1 - confidence) / 2;
        yield valid(samples, days, each, each);
      }
    };
  }

  /**
   * Radii as published: with equal confidences the sum never binds, and neither keeps the
   * confidence it states.
   *
   * @param days M, days in the history
   * @param sumConfidence α₁, fraction in (0, 1)
   * @param maximumConfidence α∞, fraction in (0, 1)
   */
  public static NormBall published(
      List<Sample> samples, int days, double sumConfidence, double maximumConfidence) {
    return around(
        samples,
        ConfidenceRadius.publishedOfSum(samples.size(), days, sumConfidence),
        ConfidenceRadius.publishedOfMaximum(samples.size(), days, maximumConfidence));
  }

  /**
   * Radii that each keep the confidence they state.
   *
   * @param days M, days in the history
   * @param sumConfidence α₁, fraction in (0, 1)
   * @param maximumConfidence α∞, fraction in (0, 1)
   */
  public static NormBall valid(
      List<Sample> samples, int days, double sumConfidence, double maximumConfidence) {
    return around(
        samples,
        ConfidenceRadius.ofSum(samples.size(), days, sumConfidence),
        ConfidenceRadius.ofMaximum(samples.size(), days, maximumConfidence));
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
