package ndoe.controller.uncertainty;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.Row;
import ndoe.controller.program.Variable;
import ndoe.feeders.Profile;
import ndoe.feeders.Uncertainty;

/**
 * Distributions on the samples into which the empirical one can be moved at no more than a given
 * cost, when probability costs the distance it moves (method, 4.3).
 *
 * @param probabilities p⁰, the empirical weights
 * @param distancesKwh between every two samples, kWh, symmetric, 0 on the diagonal
 * @param radiusKwh most it may cost, kWh
 */
public record WassersteinBall(
    List<Double> probabilities, List<List<Double>> distancesKwh, double radiusKwh)
    implements AmbiguitySet {
  public WassersteinBall {
    probabilities = List.copyOf(probabilities);
    distancesKwh = distancesKwh.stream().map(List::copyOf).toList();
  }

  /**
   * All distributions within a radius.
   *
   * @param intervalHours length of an interval of the samples, h
   */
  public static WassersteinBall around(
      List<Sample> samples, double intervalHours, double radiusKwh) {
    List<List<Double>> distances =
        samples.stream()
            .map(
                a ->
                    samples.stream()
                        .map(b -> distanceKwh(a.generationKw(), b.generationKw(), intervalHours))
                        .toList())
            .toList();
    List<Double> probabilities = samples.stream().map(Sample::probability).toList();
    return new WassersteinBall(probabilities, distances, radiusKwh);
  }

  static WassersteinBall of(
      Uncertainty uncertainty, List<Sample> samples, int days, double intervalHours) {
    return switch (uncertainty.radius()) {
      case STOCHASTIC -> around(samples, intervalHours, 0);
      case ROBUST -> withinDiameter(samples, intervalHours, 1);
      case PUBLISHED ->
          withinDiameter(
              samples,
              intervalHours,
              ConfidenceRadius.publishedOfTransport(days, uncertainty.confidence()));
      case VALID -> valid(samples, days, intervalHours, uncertainty.confidence());
    };
  }

  /**
   * A radius that keeps the confidence it states: on a finite support nothing moves farther than
   * the diameter, so the transport costs at most half of it times ‖p − p⁰‖₁.
   *
   * @param days M, days in the history
   * @param intervalHours length of an interval of the samples, h
   * @param confidence α, fraction in (0, 1)
   */
  public static WassersteinBall valid(
      List<Sample> samples, int days, double intervalHours, double confidence) {
    return withinDiameter(
        samples, intervalHours, ConfidenceRadius.ofSum(samples.size(), days, confidence) / 2);
  }

  private static WassersteinBall withinDiameter(
      List<Sample> samples, double intervalHours, double fraction) {
    WassersteinBall center = around(samples, intervalHours, 0);
    return new WassersteinBall(
        center.probabilities, center.distancesKwh, fraction * center.diameterKwh());
  }

  /** Largest distance between two samples, kWh; with it as radius all distributions are in. */
  public double diameterKwh() {
    return distancesKwh.stream().flatMap(List::stream).mapToDouble(d -> d).max().orElse(0);
  }

  private static double distanceKwh(Profile a, Profile b, double intervalHours) {
    return IntStream.range(0, a.intervals())
        .mapToDouble(t -> intervalHours * Math.abs(a.at(t) - b.at(t)))
        .sum();
  }

  // ρ λ + Σ p⁰ s,  s_k ≥ q_j − λ D_kj for all j; D and ρ in MWh.
  @Override
  public void addWorstExpectation(ConvexProgram.Builder program, List<Variable> costs) {
    double infinity = Double.POSITIVE_INFINITY;
    Variable lambda = program.variable("lambda", 0, infinity);
    program.addLinearCost(lambda, radiusKwh / 1000);
    for (int k = 0; k < costs.size(); k++) {
      Variable moved = program.variable("moved from " + k, -infinity, infinity);
      program.addLinearCost(moved, probabilities.get(k));
      for (int j = 0; j < costs.size(); j++) {
        Row row = program.row("moved from " + k + " to " + j, 0, infinity);
        row.add(moved, 1).add(costs.get(j), -1);
        row.add(lambda, distancesKwh.get(k).get(j) / 1000);
      }
    }
  }

  /**
   * A move of one sample's probability on to a dearer and farther sample.
   *
   * @param from the sample it belongs to
   * @param lengthKwh how much farther from its own sample it gets
   * @param gainPerKwh how much dearer per kWh of that
   */
  private record Move(int from, int leaving, int reaching, double lengthKwh, double gainPerKwh) {}

  // A knapsack whose items may be cut: the moves that gain most per kWh come first.
  @Override
  public List<Double> worstDistribution(List<Double> costs) {
    List<Double> worst = new ArrayList<>(Collections.nCopies(costs.size(), 0.0));
    List<Move> moves = new ArrayList<>();
    for (int k = 0; k < costs.size(); k++) {
      int dearestHere = dearestAtNoDistance(k, costs);
      worst.set(dearestHere, worst.get(dearestHere) + probabilities.get(k));
      addMoves(k, dearestHere, costs, moves);
    }
    moves.sort(Comparator.comparingDouble(Move::gainPerKwh).reversed());
    double leftKwh = radiusKwh;
    for (Move move : moves) {
      double available = probabilities.get(move.from);
      double moved = Math.min(available, leftKwh / move.lengthKwh);
      worst.set(move.leaving, worst.get(move.leaving) - moved);
      worst.set(move.reaching, worst.get(move.reaching) + moved);
      leftKwh = Math.max(0, leftKwh - moved * move.lengthKwh);
    }
    return Collections.unmodifiableList(worst);
  }

  private int dearestAtNoDistance(int k, List<Double> costs) {
    return IntStream.range(0, costs.size())
        .filter(j -> distancesKwh.get(k).get(j) == 0)
        .boxed()
        .max(Comparator.comparing(costs::get))
        .orElseThrow();
  }

  /** Steps along the concave hull of cost over distance from a sample; their gains decrease. */
  private void addMoves(int from, int start, List<Double> costs, List<Move> moves) {
    List<Double> distance = distancesKwh.get(from);
    int leaving = start;
    double lastGain = Double.POSITIVE_INFINITY;
    while (true) {
      Move best = null;
      for (int j = 0; j < costs.size(); j++) {
        double length = distance.get(j) - distance.get(leaving);
        double gain = (costs.get(j) - costs.get(leaving)) / length;
        if (length > 0 && gain > 0 && (best == null || gain > best.gainPerKwh)) {
          best = new Move(from, leaving, j, length, gain);
        }
      }
      if (best == null) {
        return;
      }
      // Rounding must not put a step before the one that leads to it.
      lastGain = Math.min(lastGain, best.gainPerKwh);
      moves.add(new Move(from, leaving, best.reaching, best.lengthKwh, lastGain));
      leaving = best.reaching;
    }
  }
}
