package ndoe.controller.prosumer;

import java.util.List;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Tariff;

/**
 * A prosumer’s second stage over the whole horizon, built once and solved for many plans and days
 * whose generation is known from the start (method, 4.2). Not safe for use by several threads.
 */
public final class PreparedRecourse {
  private final ProsumerSite site;
  private final Horizon horizon;
  private final Variable[] plan;
  private final Recourse recourse;
  private final PreparedProgram prepared;

  /**
   * Builds the program.
   *
   * @param envelopes limits of the connection point, one per interval
   */
  public PreparedRecourse(
      ProsumerSite site,
      Horizon horizon,
      Tariff tariff,
      List<OperatingEnvelope> envelopes,
      ConvexSolver solver) {
    this.site = site;
    this.horizon = horizon;
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    plan = new Variable[horizon.intervals()];
    for (int t = 0; t < plan.length; t++) {
      plan[t] = program.variable("plan[" + t + "]", 0, 0);
    }
    recourse =
        new Recourse(
            site,
            horizon,
            tariff,
            PointLimits.of(program, envelopes),
            Profile.constant(0, plan.length),
            DeviceState.initial(site, horizon),
            "",
            program,
            program::addLinearCost);
    recourse.addTo(plan);
    prepared = solver.prepare(program.build());
  }

  /** Fixes the first stage, planned net import in kW per interval. */
  public void setPlan(Profile plannedNetImportKw) {
    for (int t = 0; t < plan.length; t++) {
      double fixed = plannedNetImportKw.at(t) / 1000;
      prepared.setBounds(plan[t], fixed, fixed);
    }
  }

  /**
   * The cheapest second stage of a day under the plan set last.
   *
   * @param generationKw PV and wind available, kW per interval
   * @throws IllegalStateException if the solver found no solution, with its reason
   */
  public Day solve(Profile generationKw) {
    recourse.setGeneration(prepared, generationKw);
    Solution solution = prepared.solve();
    if (!solution.usable()) {
      throw new IllegalStateException(
          "the recourse of prosumer " + site.id() + " was not solved: " + solution);
    }
    double shedKwh = 0;
    for (int t = 0; t < plan.length; t++) {
      shedKwh += horizon.intervalHours() * recourse.schedule(solution, t).shedKw();
    }
    return new Day(1000 * solution.objective(), Math.max(0, shedKwh));
  }

  /**
   * How a day turned out.
   *
   * @param cost of the second stage, in the scenario’s currency
   * @param shedKwh load not served, kWh
   */
  public record Day(double cost, double shedKwh) {}
}
