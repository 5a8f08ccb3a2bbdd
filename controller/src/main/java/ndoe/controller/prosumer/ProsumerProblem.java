package ndoe.controller.prosumer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.Solution;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.Tariff;

/**
 * A prosumer’s plan inside given envelopes, with what it buys from other prosumers already agreed
 * and the rest bought or sold at the retailer (method, sections 4 and 8).
 */
public final class ProsumerProblem {
  private final ProsumerKnowledge prosumer;
  private final List<OperatingEnvelope> envelopes;
  private final Profile purchaseKw;
  private final ConvexSolver solver;

  private ProsumerProblem(
      ProsumerKnowledge prosumer,
      List<OperatingEnvelope> envelopes,
      Profile purchaseKw,
      ConvexSolver solver) {
    this.prosumer = prosumer;
    this.envelopes = envelopes;
    this.purchaseKw = purchaseKw;
    this.solver = solver;
  }

  /**
   * Plans the horizon.
   *
   * @param envelopes limits of the connection point, one per interval
   * @param purchaseKw bought from other prosumers, kW per interval, negative when sold
   * @throws IllegalStateException if the solver found no solution, with its reason
   */
  public static ProsumerPlan solve(
      ProsumerKnowledge prosumer,
      List<OperatingEnvelope> envelopes,
      Profile purchaseKw,
      ConvexSolver solver) {
    return new ProsumerProblem(prosumer, envelopes, purchaseKw, solver).plan();
  }

  /** What {@link #solve} would cost, in the currency; quicker, without the plan. */
  public static double cost(
      ProsumerKnowledge prosumer,
      List<OperatingEnvelope> envelopes,
      Profile purchaseKw,
      ConvexSolver solver) {
    return 1000
        * new ProsumerProblem(prosumer, envelopes, purchaseKw, solver).solve().solution.objective();
  }

  private ProsumerPlan plan() {
    Solved solved = solve();
    return plan(solved.model, solved.solution);
  }

  private record Solved(ProsumerModel model, Solution solution) {}

  private Solved solve() {
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    ProsumerModel model = ProsumerModel.addTo(program, prosumer, envelopes);
    for (int t = 0; t < prosumer.horizon().intervals(); t++) {
      model.addRetail(t, purchaseKw.at(t) / 1000);
    }
    Solution solution = solver.solve(program.build());
    if (!solution.usable()) {
      throw new IllegalStateException(
          "the problem of prosumer " + prosumer.id() + " was not solved: " + solution);
    }
    return new Solved(model, solution);
  }

  private ProsumerPlan plan(ProsumerModel model, Solution solution) {
    Horizon horizon = prosumer.horizon();
    Profile planned = within(t -> 1000 * solution.value(model.plan(t)));
    double retail = retailCost(prosumer.tariff(), horizon, planned, purchaseKw);
    List<ProsumerPlan.SampleDispatch> dispatches = new ArrayList<>();
    double simultaneous = 0;
    // A sample the worst distribution gives no weight is not optimised together with the plan, so
    // each second stage is solved again alone (method, 4.5).
    for (Sample sample : prosumer.samples()) {
      Recourse.Solved recourse =
          Recourse.alone(
              prosumer.site(),
              horizon,
              prosumer.tariff(),
              envelopes,
              planned,
              sample.generationKw(),
              prosumer.start(),
              solver);
      dispatches.add(
          new ProsumerPlan.SampleDispatch(
              sample,
              within(recourse::netImportKw),
              Profile.generate(horizon.intervals(), t -> Math.max(0, recourse.curtailedKw(t))),
              recourse.cost()));
      simultaneous = Math.max(simultaneous, recourse.simultaneousChargeKw());
    }
    double worst =
        prosumer
            .ambiguity()
            .worstExpectation(
                dispatches.stream().map(ProsumerPlan.SampleDispatch::recourseCost).toList());
    return new ProsumerPlan(
        prosumer.id(), planned, purchaseKw, retail, worst, dispatches, simultaneous);
  }

  /** What a plan costs at the retailer beyond what is agreed with others, in the currency. */
  static double retailCost(Tariff tariff, Horizon horizon, Profile planKw, Profile purchaseKw) {
    double cost = 0;
    for (int t = 0; t < horizon.intervals(); t++) {
      double bought = planKw.at(t) - purchaseKw.at(t);
      Profile price = bought > 0 ? tariff.retailBuyPerKwh() : tariff.retailSellPerKwh();
      cost += horizon.intervalHours() * price.at(t) * bought;
    }
    return cost;
  }

  /** A net import profile, kW, with the solver’s last digits cut back into the envelope. */
  private Profile within(IntToDoubleFunction netImportKw) {
    return Profile.generate(
        prosumer.horizon().intervals(),
        t ->
            Math.max(
                -envelopes.get(t).exportLimitKw(),
                Math.min(envelopes.get(t).importLimitKw(), netImportKw.applyAsDouble(t))));
  }
}
