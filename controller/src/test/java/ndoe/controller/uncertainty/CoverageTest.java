package ndoe.controller.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import ndoe.feeders.Profile;
import ndoe.feeders.Uncertainty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the true distribution is in a set drawn from a finite history (method, 17.4). */
class CoverageTest {
  private static final int HISTORIES = 2000;
  private static final double CONFIDENCE = 0.95;

  /** A distribution that makes the first outcomes likelier than the last. */
  private static double[] truth(int outcomes) {
    double sum = outcomes * (outcomes + 1) / 2.0;
    return IntStream.range(0, outcomes).mapToDouble(k -> (outcomes - k) / sum).toArray();
  }

  /** Outcomes on a line, so that what it costs to move between them is known in closed form. */
  private static Profile outcome(int k) {
    return Profile.constant(100.0 * k, 24);
  }

  private static List<Sample> history(double[] truth, int days, SplittableRandom random) {
    int[] counts = new int[truth.length];
    for (int day = 0; day < days; day++) {
      double drawn = random.nextDouble();
      int k = 0;
      while (k < truth.length - 1 && drawn >= truth[k]) {
        drawn -= truth[k++];
      }
      counts[k]++;
    }
    return IntStream.range(0, truth.length)
        .mapToObj(k -> new Sample((double) counts[k] / days, outcome(k)))
        .toList();
  }

  private static double coverage(int outcomes, int days, Uncertainty uncertainty) {
    double[] truth = truth(outcomes);
    SplittableRandom random = new SplittableRandom(1_000L * outcomes + days);
    Predicate<AmbiguitySet> covers = set -> covers((NormBall) set, truth);
    long covered =
        IntStream.range(0, HISTORIES)
            .mapToObj(i -> history(truth, days, random))
            .map(samples -> AmbiguitySet.of(uncertainty, samples, days))
            .filter(covers)
            .count();
    return (double) covered / HISTORIES;
  }

  private static boolean covers(NormBall ball, double[] truth) {
    double sum = 0;
    double largest = 0;
    for (int k = 0; k < truth.length; k++) {
      double off = Math.abs(truth[k] - ball.probabilities().get(k));
      sum += off;
      largest = Math.max(largest, off);
    }
    return sum <= ball.sumRadius() && largest <= ball.maximumRadius();
  }

  private static Uncertainty norm(int outcomes, int days, Uncertainty.Radius radius) {
    return new Uncertainty(days, outcomes, radius, CONFIDENCE);
  }

  @ParameterizedTest
  @CsvSource({"2, 15", "5, 60", "5, 365", "10, 60", "10, 1000"})
  void validRadiiKeepTheirConfidence(int outcomes, int days) {
    double coverage = coverage(outcomes, days, norm(outcomes, days, Uncertainty.Radius.VALID));
    assertTrue(coverage >= CONFIDENCE, "covered " + coverage);
  }

  /** Recorded, not wanted: the published radii state 95 %. */
  @ParameterizedTest
  @CsvSource({"5, 365, 0.005", "10, 1000, 0"})
  void publishedRadiiDoNotKeepTheirConfidence(int outcomes, int days, double recorded) {
    double coverage = coverage(outcomes, days, norm(outcomes, days, Uncertainty.Radius.PUBLISHED));
    assertTrue(coverage < CONFIDENCE, "covered " + coverage);
    assertEquals(recorded, coverage, 1e-9);
  }
}
