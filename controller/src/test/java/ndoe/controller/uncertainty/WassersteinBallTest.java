package ndoe.controller.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.program.Variable;
import ndoe.feeders.Profile;
import ndoe.feeders.Uncertainty;
import ndoe.feeders.Uncertainty.Distance;
import ndoe.feeders.Uncertainty.Radius;
import org.junit.jupiter.api.Test;

class WassersteinBallTest {
  private static final double HOURS = 0.5;

  private final SplittableRandom random = new SplittableRandom(20160621);

  private List<Sample> samples(int count) {
    double[] weights = random.doubles(count, 0.1, 1).toArray();
    double sum = IntStream.range(0, count).mapToDouble(k -> weights[k]).sum();
    return IntStream.range(0, count)
        .mapToObj(
            k -> new Sample(weights[k] / sum, Profile.generate(6, t -> random.nextDouble(0, 500))))
        .toList();
  }

  private List<Double> costs(int count) {
    return Stream.generate(() -> random.nextDouble(-0.1, 0.3)).limit(count).toList();
  }

  private static WassersteinBall ball(List<Sample> samples, double fractionOfDiameter) {
    WassersteinBall center = WassersteinBall.around(samples, HOURS, 0);
    return WassersteinBall.around(samples, HOURS, fractionOfDiameter * center.diameterKwh());
  }

  private static double dual(AmbiguitySet set, List<Double> costs) {
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    List<Variable> variables = new ArrayList<>();
    for (double cost : costs) {
      variables.add(program.variable("cost", cost, cost));
    }
    set.addWorstExpectation(program, variables);
    return new InteriorPointSolver().solve(program.build()).objective();
  }

  private static double expectation(List<Sample> samples, List<Double> costs) {
    return IntStream.range(0, costs.size())
        .mapToDouble(k -> samples.get(k).probability() * costs.get(k))
        .sum();
  }

  @Test
  void measuresDistanceAsEnergy() {
    List<Sample> samples =
        List.of(new Sample(0.5, Profile.of(100, 0)), new Sample(0.5, Profile.of(40, 20)));
    WassersteinBall ball = WassersteinBall.around(samples, 0.25, 0);
    assertEquals(20, ball.diameterKwh(), 1e-12);
    assertEquals(List.of(0.0, 20.0), ball.distancesKwh().get(0));
  }

  @Test
  void worstDistributionAttainsTheDualProgram() {
    for (double fraction : new double[] {0, 0.02, 0.1, 0.3, 0.6, 1}) {
      for (int trial = 0; trial < 10; trial++) {
        WassersteinBall ball = ball(samples(8), fraction);
        List<Double> costs = costs(8);
        assertEquals(dual(ball, costs), ball.worstExpectation(costs), 1e-6, "at " + fraction);
      }
    }
  }

  @Test
  void worstExpectationIsTheLargestOverAllExtremeDistributions() {
    for (double fraction : new double[] {0, 0.05, 0.2, 0.5, 1}) {
      for (int trial = 0; trial < 5; trial++) {
        WassersteinBall ball = ball(samples(4), fraction);
        List<Double> costs = costs(4);
        double brute =
            ExtremeDistributions.of(ball).stream()
                .mapToDouble(p -> DistributionHull.expectation(p, costs))
                .max()
                .orElseThrow();
        assertEquals(brute, ball.worstExpectation(costs), 1e-9, "at " + fraction);
      }
    }
  }

  @Test
  void worstDistributionIsADistribution() {
    for (int trial = 0; trial < 100; trial++) {
      WassersteinBall ball = ball(samples(6), random.nextDouble());
      List<Double> worst = ball.worstDistribution(costs(6));
      assertTrue(worst.stream().allMatch(p -> p >= -1e-12), worst.toString());
      assertEquals(1, worst.stream().mapToDouble(p -> p).sum(), 1e-12);
    }
  }

  @Test
  void staysADistributionWhenSamplesAreAlikeOrEquallyDear() {
    Profile same = Profile.of(1, 2);
    List<Sample> samples =
        List.of(
            new Sample(0.25, same),
            new Sample(0.25, same),
            new Sample(0.25, Profile.of(3, 2)),
            new Sample(0.25, Profile.of(5, 2)));
    WassersteinBall ball = WassersteinBall.around(samples, 1, 0.5);
    // The first two are the same day, so the dearer of their costs counts for both.
    assertEquals(0.75 * 2 + 0.25 * 2, ball.worstExpectation(List.of(1.0, 2.0, 2.0, 2.0)), 1e-12);
    // A straight line of costs over distance: 0.5 kWh gain one per kWh, however they are spent.
    assertEquals(1.5 + 0.5, ball.worstExpectation(List.of(0.0, 0.0, 2.0, 4.0)), 1e-12);
    assertEquals(
        ball.worstExpectation(List.of(0.0, 0.0, 2.0, 4.0)),
        1000 * dual(ball, List.of(0.0, 0.0, 0.002, 0.004)),
        1e-4);
  }

  @Test
  void worstExpectationGrowsWithTheRadiusFromTheMeanToTheDearest() {
    List<Sample> samples = samples(7);
    List<Double> costs = costs(7);
    double last = expectation(samples, costs);
    assertEquals(last, ball(samples, 0).worstExpectation(costs), 1e-12);
    for (int step = 1; step <= 20; step++) {
      double next = ball(samples, step / 20.0).worstExpectation(costs);
      assertTrue(next >= last - 1e-12, "at step " + step);
      last = next;
    }
    assertEquals(Collections.max(costs), last, 1e-12);
  }

  @Test
  void oneSampleIsCertain() {
    List<Sample> samples = List.of(new Sample(1, Profile.of(3, 4)));
    for (Radius radius : Radius.values()) {
      WassersteinBall ball = of(samples, radius, 60);
      assertEquals(0.2, ball.worstExpectation(List.of(0.2)));
      assertEquals(0.2, dual(ball, List.of(0.2)), 1e-7);
    }
  }

  @Test
  void radiiOfAHistoryAreFractionsOfTheDiameter() {
    List<Sample> samples = samples(5);
    double diameter = ball(samples, 0).diameterKwh();
    assertEquals(0, of(samples, Radius.STOCHASTIC, 60).radiusKwh());
    assertEquals(diameter, of(samples, Radius.ROBUST, 60).radiusKwh(), 1e-9);
    assertEquals(
        diameter * Math.sqrt(2.0 / 60 * Math.log(20)),
        of(samples, Radius.PUBLISHED, 60).radiusKwh(),
        1e-9);
    assertEquals(
        diameter / 2 * Math.sqrt(2.0 / 60 * Math.log(30 / 0.05)),
        of(samples, Radius.VALID, 60).radiusKwh(),
        1e-9);
    assertEquals(diameter, of(samples, Radius.VALID, 1).radiusKwh(), 1e-9);
    assertEquals(diameter, of(samples, Radius.PUBLISHED, 1).radiusKwh(), 1e-9);
  }

  private static WassersteinBall of(List<Sample> samples, Radius radius, int days) {
    Uncertainty uncertainty = new Uncertainty(days, 5, Distance.WASSERSTEIN, radius, 0.95);
    return (WassersteinBall) AmbiguitySet.of(uncertainty, samples, days, HOURS);
  }
}
