package ndoe.controller.negotiation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.OperatorKnowledge;
import ndoe.controller.dso.OperatorModel;
import ndoe.controller.network.LinDistFlow;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Row;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import ndoe.controller.prosumer.ProsumerKnowledge;
import ndoe.controller.prosumer.ProsumerModel;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Tariff;
import ndoe.feeders.TradeLink;

/**
 * The whole problem in one program by somebody who knows everything (method, section 5): what the
 * negotiation is measured against.
 */
public final class CentralOptimum {
  private final ConvexProgram.Builder program = new ConvexProgram.Builder();
  private final OperatorModel operator;
  private final PreparedProgram prepared;

  /**
   * Builds the program.
   *
   * @param prosumers in the order of the operator’s connection points
   */
  public CentralOptimum(
      OperatorKnowledge knowledge,
      LinDistFlow network,
      AcMargins margins,
      List<ProsumerKnowledge> prosumers,
      List<TradeLink> links,
      ConvexSolver solver) {
    operator = new OperatorModel(knowledge, network, margins, program);
    int intervals = knowledge.horizon().intervals();
    double hours = knowledge.horizon().intervalHours();
    Map<ProsumerId, Row[]> balances = new HashMap<>();
    for (int n = 0; n < prosumers.size(); n++) {
      ProsumerKnowledge prosumer = prosumers.get(n);
      ProsumerModel model = ProsumerModel.addTo(program, prosumer);
      Row[] balance = new Row[intervals];
      for (int t = 0; t < intervals; t++) {
        equal(operator.importLimit(t, n), model.importLimit(t));
        equal(operator.exportLimit(t, n), model.exportLimit(t));
        equal(operator.plan(t, n), model.plan(t));
        Tariff tariff = prosumer.tariff();
        Variable buy = program.variable("retail buy", 0, Double.POSITIVE_INFINITY);
        Variable sell = program.variable("retail sell", 0, Double.POSITIVE_INFINITY);
        program.addLinearCost(buy, hours * tariff.retailBuyPerKwh().at(t));
        program.addLinearCost(sell, -hours * tariff.retailSellPerKwh().at(t));
        balance[t] = program.row("balance", 0, 0).add(model.plan(t), 1).add(buy, -1).add(sell, 1);
      }
      balances.put(prosumer.id(), balance);
    }
    for (TradeLink link : links) {
      for (int t = 0; t < intervals; t++) {
        List<Variable> directions = new ArrayList<>();
        for (int direction = 0; direction < 2; direction++) {
          Variable trade = program.variable("trade", 0, link.limitKw() / 1000);
          program.addLinearCost(trade, hours * link.chargePerKwh());
          directions.add(trade);
        }
        balances.get(link.first())[t].add(directions.get(0), 1).add(directions.get(1), -1);
        balances.get(link.second())[t].add(directions.get(0), -1).add(directions.get(1), 1);
      }
    }
    prepared = solver.prepare(program.build());
  }

  private void equal(Variable a, Variable b) {
    program.row("same " + a, 0, 0).add(a, 1).add(b, -1);
  }

  /** Optimal objective of all together, in the scenario’s currency. */
  public double solve() {
    Solution solution = prepared.solve();
    while (solution.usable() && operator.forbidBurning(prepared, solution)) {
      solution = prepared.solve();
    }
    if (!solution.usable()) {
      throw new IllegalStateException("the central problem was not solved: " + solution);
    }
    return 1000 * solution.objective();
  }
}
