package ndoe.controller.prosumer;

import java.util.ArrayList;
import java.util.List;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.Row;
import ndoe.controller.program.Variable;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Tariff;

/**
 * One prosumer’s two-stage distributionally robust problem (method, section 4) as variables, costs
 * and rows of a program: a plan for the day ahead and the envelope it needs, weighed against the
 * worst expected cost of correcting it, in the exact dual form (4.4 a). How the plan is paid for is
 * not part of it.
 *
 * <p>Inside: MW, MWh, thousands of the currency.
 */
public final class ProsumerModel {
  private final ProsumerKnowledge prosumer;
  private final ConvexProgram.Builder program;
  private final Variable[] plan;
  private final Variable[] importLimit;
  private final Variable[] exportLimit;

  private ProsumerModel(ProsumerKnowledge prosumer, ConvexProgram.Builder program) {
    this.prosumer = prosumer;
    this.program = program;
    int intervals = prosumer.horizon().intervals();
    plan = new Variable[intervals];
    importLimit = new Variable[intervals];
    exportLimit = new Variable[intervals];
  }

  /** Adds the problem with the envelope as a decision. */
  public static ProsumerModel addTo(ConvexProgram.Builder program, ProsumerKnowledge prosumer) {
    ProsumerModel model = new ProsumerModel(prosumer, program);
    for (int t = 0; t < model.plan.length; t++) {
      model.importLimit[t] =
          program.variable("import limit[" + t + "]", 0, prosumer.importCapacityMw());
      model.exportLimit[t] =
          program.variable("export limit[" + t + "]", 0, prosumer.exportCapacityMw());
    }
    model.add(PointLimits.of(program, model.importLimit, model.exportLimit));
    return model;
  }

  /** Adds the problem inside given envelopes, one per interval. */
  static ProsumerModel addTo(
      ConvexProgram.Builder program,
      ProsumerKnowledge prosumer,
      List<OperatingEnvelope> envelopes) {
    ProsumerModel model = new ProsumerModel(prosumer, program);
    model.add(PointLimits.of(program, envelopes));
    return model;
  }

  private void add(PointLimits limits) {
    for (int t = 0; t < plan.length; t++) {
      plan[t] = limits.netImport("plan[" + t + "]", t);
    }
    List<Variable> sampleCosts = new ArrayList<>();
    for (int k = 0; k < prosumer.samples().size(); k++) {
      Variable cost =
          program.variable(
              "cost of sample " + k, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
      Row epigraph = program.row("cost of sample " + k, 0, Double.POSITIVE_INFINITY).add(cost, 1);
      Recourse recourse =
          new Recourse(
              prosumer.site(),
              prosumer.horizon(),
              prosumer.tariff(),
              limits,
              prosumer.samples().get(k).generationKw(),
              prosumer.start(),
              "{" + k + "}",
              program,
              (variable, price) -> epigraph.add(variable, -price));
      recourse.addTo(plan);
      sampleCosts.add(cost);
    }
    prosumer.ambiguity().addWorstExpectation(program, sampleCosts);
  }

  /** Planned net import, MW. */
  public Variable plan(int t) {
    return plan[t];
  }

  /** Import limit asked for, MW. */
  public Variable importLimit(int t) {
    return importLimit[t];
  }

  /** Export limit asked for, MW. */
  public Variable exportLimit(int t) {
    return exportLimit[t];
  }

  Horizon horizon() {
    return prosumer.horizon();
  }

  /**
   * Adds the retailer, from whom comes and to whom goes what of the plan is not agreed with others.
   *
   * @param agreedMw bought from other prosumers
   * @return {@code plan − bought + sold = agreed}
   */
  public Row addRetail(int t, double agreedMw) {
    Tariff tariff = prosumer.tariff();
    double hours = prosumer.horizon().intervalHours();
    Variable buy = program.variable("retail buy[" + t + "]", 0, Double.POSITIVE_INFINITY);
    Variable sell = program.variable("retail sell[" + t + "]", 0, Double.POSITIVE_INFINITY);
    program.addLinearCost(buy, hours * tariff.retailBuyPerKwh().at(t));
    program.addLinearCost(sell, -hours * tariff.retailSellPerKwh().at(t));
    return program
        .row("retail[" + t + "]", agreedMw, agreedMw)
        .add(plan[t], 1)
        .add(buy, -1)
        .add(sell, 1);
  }
}
