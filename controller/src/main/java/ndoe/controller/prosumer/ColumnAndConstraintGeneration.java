package ndoe.controller.prosumer;

import java.util.ArrayList;
import java.util.List;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.uncertainty.DistributionHull;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;

/**
 * The second way to solve {@link ProsumerProblem} (method, 4.4 b): against the distributions found
 * so far, to which the worst one for the plan found is added until both agree.
 *
 * <p>One copy of the recourse per sample serves all distributions, because what is feasible does
 * not depend on them.
 */
public final class ColumnAndConstraintGeneration {
  private static final double TOLERANCE = 1e-6;
  private static final int MOST_ITERATIONS = 100;

  private ColumnAndConstraintGeneration() {}

  /**
   * Plans the horizon.
   *
   * @param envelopes limits of the connection point, one per interval
   * @param purchaseKw bought from other prosumers, kW per interval, negative when sold
   * @throws IllegalStateException if the solver found no solution, with its reason
   */
  public static Result solve(
      ProsumerKnowledge prosumer,
      List<OperatingEnvelope> envelopes,
      Profile purchaseKw,
      ConvexSolver solver) {
    List<List<Double>> found = new ArrayList<>();
    found.add(prosumer.samples().stream().map(Sample::probability).toList());
    Result result = new Result(null, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0);
    do {
      ProsumerPlan master =
          ProsumerProblem.solve(
              prosumer.withAmbiguity(new DistributionHull(found)), envelopes, purchaseKw, solver);
      // The true cost of each sample: the master leaves loose what has no weight.
      List<Double> costs = master.recourseCosts();
      result =
          result.after(
              master.cost(),
              master.withWorstExpectedRecourseCost(prosumer.ambiguity().worstExpectation(costs)));
      found.add(prosumer.ambiguity().worstDistribution(costs));
    } while (!result.converged() && result.iterations < MOST_ITERATIONS);
    return result;
  }

  /**
   * A plan and how good it is.
   *
   * @param plan the best found
   * @param lowerBound no plan costs less, in the scenario’s currency
   * @param upperBound what the plan costs, in the scenario’s currency
   * @param iterations masters solved
   */
  public record Result(ProsumerPlan plan, double lowerBound, double upperBound, int iterations) {

    /** Whether the bounds are within 1e-6·(1 + |upper bound|) of each other. */
    public boolean converged() {
      return upperBound - lowerBound <= TOLERANCE * (1 + Math.abs(upperBound));
    }

    private Result after(double bound, ProsumerPlan next) {
      boolean better = next.cost() < upperBound;
      return new Result(
          better ? next : plan,
          Math.max(lowerBound, bound),
          better ? next.cost() : upperBound,
          iterations + 1);
    }
  }
}
