package ndoe.controller.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ndoe.feeders.Profile;
import org.junit.jupiter.api.Test;

class NormBallTest {
  private static final List<Double> CENTER = List.of(0.4, 0.1, 0.3, 0.2);

  private final SplittableRandom random = new SplittableRandom(20160621);

  private List<Double> costs(int count) {
    return Stream.generate(() -> random.nextDouble(-100, 300)).limit(count).toList();
  }

  private static double brute(NormBall ball, List<Double> costs) {
    return ExtremeDistributions.of(ball).stream()
        .mapToDouble(p -> DistributionHull.expectation(p, costs))
        .max()
        .orElseThrow();
  }

  @Test
  void worstExpectationIsTheLargestOverAllExtremeDistributions() {
    for (double sum : new double[] {0, 0.1, 0.35, 0.9, 2}) {
      for (double maximum : new double[] {0, 0.07, 0.25, 1}) {
        NormBall ball = new NormBall(CENTER, sum, maximum);
        for (int trial = 0; trial < 20; trial++) {
          List<Double> costs = costs(4);
          assertEquals(brute(ball, costs), ball.worstExpectation(costs), 1e-6, ball.toString());
        }
      }
    }
  }

  @Test
  void sumRadiusIsRedundantWhenBothPublishedConfidencesAreEqual() {
    List<Sample> samples = samples(CENTER);
    NormBall equal = NormBall.published(samples, 60, 0.9, 0.9);
    NormBall smallerSum = NormBall.published(samples, 60, 0.3, 0.9);
    NormBall withoutSum = new NormBall(CENTER, 2, equal.maximumRadius());
    boolean sumCanBind = false;
    for (int trial = 0; trial < 200; trial++) {
      List<Double> costs = costs(4);
      double worst = withoutSum.worstExpectation(costs);
      assertEquals(worst, equal.worstExpectation(costs), 1e-9);
      sumCanBind |= smallerSum.worstExpectation(costs) < worst - 1e-3;
    }
    assertTrue(sumCanBind, "a sum radius of less confidence never mattered");
  }

  @Test
  void validRadiiAreWiderThanPublishedOnesOfTheSameConfidence() {
    List<Sample> samples = samples(CENTER);
    NormBall valid = NormBall.valid(samples, 365, 0.95, 0.95);
    NormBall published = NormBall.published(samples, 365, 0.95, 0.95);
    assertTrue(valid.sumRadius() > published.sumRadius());
    assertTrue(valid.maximumRadius() > published.maximumRadius());
  }

  private static List<Sample> samples(List<Double> probabilities) {
    return IntStream.range(0, probabilities.size())
        .mapToObj(k -> new Sample(probabilities.get(k), Profile.of(k)))
        .toList();
  }
}
