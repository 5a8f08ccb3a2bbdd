package ndoe.controller.prosumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import ndoe.controller.ReferenceDay;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.uncertainty.AmbiguitySet;
import ndoe.controller.uncertainty.DistributionHull;
import ndoe.controller.uncertainty.ExtremeDistributions;
import ndoe.controller.uncertainty.NormBall;
import ndoe.controller.uncertainty.WassersteinBall;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import ndoe.feeders.Uncertainty;
import ndoe.feeders.Uncertainty.Distance;
import ndoe.feeders.Uncertainty.Radius;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnAndConstraintGenerationTest {
  private static final Scenario DAY = ReferenceDay.scenario();
  private static final List<OperatingEnvelope> ENVELOPES =
      Collections.nCopies(24, new OperatingEnvelope(600, 300));
  private static final Profile NOTHING_BOUGHT = Profile.constant(0, 24);
  private static final ConvexSolver SOLVER = new InteriorPointSolver();

  private static ProsumerKnowledge knowledge(
      ProsumerSite site, Distance distance, Radius radius, int samples) {
    Uncertainty given = DAY.uncertainty();
    return ProsumerKnowledge.of(
        site,
        DAY.horizon(),
        DAY.tariff(),
        new Uncertainty(given.historyDays(), samples, distance, radius, given.confidence()));
  }

  private static double dual(ProsumerKnowledge prosumer) {
    return ProsumerProblem.solve(prosumer, ENVELOPES, NOTHING_BOUGHT, SOLVER).cost();
  }

  private static ColumnAndConstraintGeneration.Result generated(ProsumerKnowledge prosumer) {
    return ColumnAndConstraintGeneration.solve(prosumer, ENVELOPES, NOTHING_BOUGHT, SOLVER);
  }

  private static List<List<Double>> corners(AmbiguitySet set) {
    return set instanceof WassersteinBall ball
        ? ExtremeDistributions.of(ball)
        : ExtremeDistributions.of((NormBall) set);
  }

  private static Stream<Arguments> sets() {
    return Stream.of(Distance.values())
        .flatMap(distance -> Stream.of(Radius.values()).map(r -> Arguments.of(distance, r)));
  }

  private static void assertSame(double expected, double found, String what) {
    assertEquals(expected, found, 1e-6 * (1 + Math.abs(expected)), what);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void agreesWithTheDualForEveryProsumer(Distance distance, Radius radius) {
    for (ProsumerSite site : DAY.prosumers()) {
      ProsumerKnowledge prosumer = knowledge(site, distance, radius, DAY.uncertainty().scenarios());
      ColumnAndConstraintGeneration.Result result = generated(prosumer);
      assertTrue(result.converged(), site.id() + ": " + result);
      assertSame(dual(prosumer), result.plan().cost(), site.id().value());
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void bothAgreeWithBruteForceOverTheExtremeDistributions(Distance distance, Radius radius) {
    for (ProsumerSite site : DAY.prosumers()) {
      ProsumerKnowledge prosumer = knowledge(site, distance, radius, 4);
      AmbiguitySet extremes = new DistributionHull(corners(prosumer.ambiguity()));
      double brute = dual(prosumer.withAmbiguity(extremes));
      assertSame(brute, dual(prosumer), site.id().value());
      assertSame(brute, generated(prosumer).plan().cost(), site.id().value());
    }
  }

  @Test
  void boundsEncloseTheOptimumAndTheWorstDistributionIsFoundInFewRounds() {
    ProsumerKnowledge prosumer = knowledge(DAY.prosumers().get(0), Distance.NORM, Radius.VALID, 10);
    double optimum = dual(prosumer);
    ColumnAndConstraintGeneration.Result result = generated(prosumer);
    double rounding = 1e-6 * (1 + Math.abs(optimum));
    assertTrue(result.lowerBound() <= optimum + rounding, result.toString());
    assertTrue(result.upperBound() >= optimum - rounding, result.toString());
    assertTrue(result.iterations() > 1 && result.iterations() <= 10, result.toString());
  }

  @Test
  void withoutDistrustTheFirstMasterIsTheAnswer() {
    for (ProsumerSite site : DAY.prosumers()) {
      ProsumerKnowledge prosumer = knowledge(site, Distance.NORM, Radius.STOCHASTIC, 4);
      assertEquals(1, generated(prosumer).iterations(), site.id().value());
    }
  }

  @Test
  void planCostsWhatItsSamplesCostInTheWorstDistribution() {
    ProsumerKnowledge prosumer =
        knowledge(DAY.prosumers().get(1), Distance.NORM, Radius.PUBLISHED, 4);
    ProsumerPlan plan = generated(prosumer).plan();
    List<Double> costs = plan.dispatches().stream().map(d -> d.recourseCost()).toList();
    assertEquals(
        prosumer.ambiguity().worstExpectation(costs), plan.worstExpectedRecourseCost(), 1e-9);
  }
}
