package ndoe.controller.negotiation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.dso.OperatorKnowledge;
import ndoe.controller.dso.OperatorModel;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Row;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import ndoe.controller.prosumer.ProsumerKnowledge;
import ndoe.controller.prosumer.ProsumerModel;
import ndoe.controller.trading.Trade;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.TradeLink;

/**
 * The whole problem in one program by somebody who knows everything (method, section 5): what the
 * negotiation is measured against.
 */
final class CentralOptimum {
  private final ConvexProgram.Builder program = new ConvexProgram.Builder();
  private final OperatorKnowledge knowledge;
  private final List<ProsumerKnowledge> prosumers;
  private final List<TradeLink> links;
  private final OperatorModel operator;
  private final PreparedProgram prepared;
  private final Map<TradeLink, Variable[][]> trades = new HashMap<>();
  private final Map<ProsumerId, Row[]> balances = new HashMap<>();

  /** Builds the program. */
  CentralOptimum(Participants participants, AcMargins margins, ConvexSolver solver) {
    knowledge = participants.operator();
    prosumers = participants.prosumers();
    links = participants.scenario().tradeLinks();
    operator = new OperatorModel(knowledge, margins, program);
    int intervals = knowledge.horizon().intervals();
    double hours = knowledge.horizon().intervalHours();
    for (int n = 0; n < prosumers.size(); n++) {
      ProsumerKnowledge prosumer = prosumers.get(n);
      ProsumerModel model = ProsumerModel.addTo(program, prosumer);
      Row[] balance = new Row[intervals];
      for (int t = 0; t < intervals; t++) {
        equal(operator.importLimit(t, n), model.importLimit(t));
        equal(operator.exportLimit(t, n), model.exportLimit(t));
        equal(operator.plan(t, n), model.plan(t));
        balance[t] = model.addRetail(t, 0);
      }
      balances.put(prosumer.id(), balance);
    }
    for (TradeLink link : links) {
      Variable[][] directions = new Variable[intervals][2];
      for (int t = 0; t < intervals; t++) {
        for (int direction = 0; direction < 2; direction++) {
          Variable trade = program.variable("trade", 0, link.limitKw() / 1000);
          program.addLinearCost(trade, hours * link.chargePerKwh());
          int sign = direction == 0 ? 1 : -1;
          balances.get(link.first())[t].add(trade, sign);
          balances.get(link.second())[t].add(trade, -sign);
          directions[t][direction] = trade;
        }
      }
      trades.put(link, directions);
    }
    prepared = solver.prepare(program.build());
  }

  private void equal(Variable a, Variable b) {
    program.row("same " + a, 0, 0).add(a, 1).add(b, -1);
  }

  /**
   * What is best for all together.
   *
   * @param objective in the scenario’s currency
   */
  record Optimum(
      double objective,
      OperatorDecision decision,
      Map<ProsumerId, Profile> purchaseKw,
      List<Trade> trades,
      Map<ProsumerId, Profile> energyPricePerKwh) {

    double networkCharges(double hours) {
      return trades.stream().mapToDouble(t -> hours * t.powerKw() * t.networkChargePerKwh()).sum();
    }
  }

  /** Solves; may be called once more after nothing changed. */
  Optimum solve() {
    Solution solution = prepared.solve();
    while (solution.usable() && operator.forbidBurning(prepared, solution)) {
      solution = prepared.solve();
    }
    if (!solution.usable()) {
      throw new IllegalStateException("the central problem was not solved: " + solution);
    }
    return optimum(solution);
  }

  private Optimum optimum(Solution solution) {
    int intervals = knowledge.horizon().intervals();
    double hours = knowledge.horizon().intervalHours();
    Map<ProsumerId, double[]> purchases = new HashMap<>();
    Map<ProsumerId, Profile> prices = new HashMap<>();
    for (ProsumerKnowledge prosumer : prosumers) {
      purchases.put(prosumer.id(), new double[intervals]);
      Row[] balance = balances.get(prosumer.id());
      prices.put(
          prosumer.id(), Profile.generate(intervals, t -> -solution.dual(balance[t]) / hours));
    }
    List<Trade> agreed = new ArrayList<>();
    for (int t = 0; t < intervals; t++) {
      for (TradeLink link : links) {
        Variable[] directions = trades.get(link)[t];
        double sold = solution.value(directions[0]) - solution.value(directions[1]);
        double kw = Math.rint(1e6 * sold) / 1e3;
        purchases.get(link.first())[t] -= kw;
        purchases.get(link.second())[t] += kw;
        if (kw != 0) {
          double middle = (prices.get(link.first()).at(t) + prices.get(link.second()).at(t)) / 2;
          agreed.add(Trade.over(link, t, kw, middle));
        }
      }
    }
    Map<ProsumerId, Profile> purchaseKw = new HashMap<>();
    purchases.forEach((id, values) -> purchaseKw.put(id, Profile.of(values)));
    return new Optimum(
        1000 * solution.objective(), operator.decision(solution), purchaseKw, agreed, prices);
  }
}
