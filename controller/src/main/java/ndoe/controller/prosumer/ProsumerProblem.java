package ndoe.controller.prosumer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.Row;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import ndoe.controller.uncertainty.AmbiguitySet;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Tariff;

/**
 * One prosumer’s two-stage distributionally robust problem inside given envelopes: a plan for the
 * day ahead, weighed against the worst expected cost of correcting it (method, section 4), in the
 * exact dual form (4.4 a).
 *
 * <p>Inside: MW, MWh, thousands of the currency.
 */
public final class ProsumerProblem {
  private final ProsumerSite site;
  private final Horizon horizon;
  private final Tariff tariff;
  private final List<Sample> samples;
  private final AmbiguitySet ambiguity;
  private final List<OperatingEnvelope> envelopes;

  private final ConvexProgram.Builder program = new ConvexProgram.Builder();
  private final Variable[] plan;
  private final Variable[] retailBuy;
  private final Variable[] retailSell;
  private final List<Variable> sampleCosts = new ArrayList<>();

  private ProsumerProblem(
      ProsumerSite site,
      Horizon horizon,
      Tariff tariff,
      List<Sample> samples,
      AmbiguitySet ambiguity,
      List<OperatingEnvelope> envelopes) {
    this.site = site;
    this.horizon = horizon;
    this.tariff = tariff;
    this.samples = samples;
    this.ambiguity = ambiguity;
    this.envelopes = envelopes;
    plan = new Variable[horizon.intervals()];
    retailBuy = new Variable[horizon.intervals()];
    retailSell = new Variable[horizon.intervals()];
  }

  /**
   * Plans the horizon.
   *
   * @param envelopes limits of the connection point, one per interval
   * @throws IllegalStateException if the solver found no solution, with its reason
   */
  public static ProsumerPlan solve(
      ProsumerSite site,
      Horizon horizon,
      Tariff tariff,
      List<Sample> samples,
      AmbiguitySet ambiguity,
      List<OperatingEnvelope> envelopes,
      ConvexSolver solver) {
    ProsumerProblem problem =
        new ProsumerProblem(site, horizon, tariff, samples, ambiguity, envelopes);
    Solution solution = solver.solve(problem.build());
    if (!solution.usable()) {
      throw new IllegalStateException(
          "the problem of prosumer " + site.id() + " was not solved: " + solution);
    }
    return problem.plan(solution, solver);
  }

  private ConvexProgram build() {
    double hours = horizon.intervalHours();
    for (int t = 0; t < horizon.intervals(); t++) {
      double exportLimit = envelopes.get(t).exportLimitKw() / 1000;
      double importLimit = envelopes.get(t).importLimitKw() / 1000;
      plan[t] = program.variable("plan[" + t + "]", -exportLimit, importLimit);
      retailBuy[t] = program.variable("retail buy[" + t + "]", 0, importLimit);
      retailSell[t] = program.variable("retail sell[" + t + "]", 0, exportLimit);
      program.addLinearCost(retailBuy[t], hours * tariff.retailBuyPerKwh().at(t));
      program.addLinearCost(retailSell[t], -hours * tariff.retailSellPerKwh().at(t));
      program
          .row("retail[" + t + "]", 0, 0)
          .add(plan[t], 1)
          .add(retailBuy[t], -1)
          .add(retailSell[t], 1);
    }
    DeviceState start = DeviceState.initial(site, horizon);
    for (int k = 0; k < samples.size(); k++) {
      Variable cost = free("cost of sample " + k);
      Row epigraph = program.row("cost of sample " + k, 0, Double.POSITIVE_INFINITY).add(cost, 1);
      Recourse recourse =
          new Recourse(
              site,
              horizon,
              tariff,
              envelopes,
              samples.get(k).generationKw(),
              start,
              "{" + k + "}",
              program,
              (variable, price) -> epigraph.add(variable, -price));
      recourse.addTo(plan);
      sampleCosts.add(cost);
    }
    addWorstExpectation();
    return program.build();
  }

  // max_p Σ p q over the ambiguity set, as its dual minimum (method, 4.4 a):
  // η + Σ p⁰(a − b) + θ₁ μ + θ∞ Σ ν,  η + a − b ≥ q,  a + b ≤ μ + ν.
  private void addWorstExpectation() {
    Variable eta = free("eta");
    Variable mu = program.variable("mu", 0, Double.POSITIVE_INFINITY);
    program.addLinearCost(eta, 1).addLinearCost(mu, ambiguity.sumRadius());
    for (int k = 0; k < samples.size(); k++) {
      double probability = samples.get(k).probability();
      Variable a = program.variable("a" + k, 0, Double.POSITIVE_INFINITY);
      Variable b = program.variable("b" + k, 0, Double.POSITIVE_INFINITY);
      Variable nu = program.variable("nu" + k, 0, Double.POSITIVE_INFINITY);
      program.addLinearCost(a, probability).addLinearCost(b, -probability);
      program.addLinearCost(nu, ambiguity.maximumRadius());
      program
          .row("worst case " + k, 0, Double.POSITIVE_INFINITY)
          .add(eta, 1)
          .add(a, 1)
          .add(b, -1)
          .add(sampleCosts.get(k), -1);
      program
          .row("radii " + k, Double.NEGATIVE_INFINITY, 0)
          .add(a, 1)
          .add(b, 1)
          .add(mu, -1)
          .add(nu, -1);
    }
  }

  private Variable free(String name) {
    return program.variable(name, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  private ProsumerPlan plan(Solution solution, ConvexSolver solver) {
    int intervals = horizon.intervals();
    double firstStage = 0;
    for (int t = 0; t < intervals; t++) {
      firstStage +=
          1000
              * horizon.intervalHours()
              * (tariff.retailBuyPerKwh().at(t) * solution.value(retailBuy[t])
                  - tariff.retailSellPerKwh().at(t) * solution.value(retailSell[t]));
    }
    Profile planned = within(t -> 1000 * solution.value(plan[t]));
    List<ProsumerPlan.SampleDispatch> dispatches = new ArrayList<>();
    double simultaneous = 0;
    // A sample the worst distribution gives no weight is not optimised together with the plan, so
    // each second stage is solved again alone (method, 4.5).
    for (Sample sample : samples) {
      Recourse.Solved recourse =
          Recourse.alone(
              site,
              horizon,
              tariff,
              envelopes,
              planned,
              sample.generationKw(),
              DeviceState.initial(site, horizon),
              solver);
      dispatches.add(
          new ProsumerPlan.SampleDispatch(sample, within(recourse::netImportKw), recourse.cost()));
      simultaneous = Math.max(simultaneous, recourse.simultaneousChargeKw());
    }
    double total = 1000 * solution.objective();
    return new ProsumerPlan(
        site.id(), planned, firstStage, total - firstStage, dispatches, simultaneous);
  }

  /** A net import profile, kW, with the solver’s last digits cut back into the envelope. */
  private Profile within(IntToDoubleFunction netImportKw) {
    return Profile.generate(
        horizon.intervals(),
        t ->
            Math.max(
                -envelopes.get(t).exportLimitKw(),
                Math.min(envelopes.get(t).importLimitKw(), netImportKw.applyAsDouble(t))));
  }
}
