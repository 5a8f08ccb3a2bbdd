package ndoe.controller.prosumer;

import java.util.List;
import ndoe.controller.message.EnvelopePosition;
import ndoe.controller.message.Offer;
import ndoe.controller.message.Report;
import ndoe.controller.message.Request;
import ndoe.controller.message.Terms;
import ndoe.controller.message.TradeAnswer;
import ndoe.controller.message.TradeRequest;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * A prosumer at the negotiating table: answers the operator’s offers and trades with the others,
 * telling nobody more than its messages say (method, sections 6, 7 and 10).
 *
 * <p>Inside: MW, thousands of the currency.
 */
public final class Prosumer {
  private final ProsumerKnowledge prosumer;
  private final Terms terms;
  private final ConvexSolver solver;
  private final int intervals;
  private final double hours;
  private final ProsumerModel model;
  private final ConvexProgram program;
  private final PreparedProgram prepared;

  // Outer loop: what the operator offers (z), the multipliers (v), the response (e); MW in the
  // order
  // import limits, export limits, plan.
  private final double[] target;
  private final double[] multiplier;
  private final double[] response;
  private boolean offered;

  // Inner loop (method, section 6).
  private final double[] price;
  private final double[] purchase;
  private final double[] retail;
  private final double[] plan;
  private final double[] request;
  private final double[] agreedPurchase;

  private Solution latest;
  private double balanceMismatch;
  private double tradeMovement;

  public Prosumer(ProsumerKnowledge prosumer, Terms terms, ConvexSolver solver) {
    this.prosumer = prosumer;
    this.terms = terms;
    this.solver = solver;
    this.intervals = prosumer.horizon().intervals();
    this.hours = prosumer.horizon().intervalHours();
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    model = ProsumerModel.addTo(builder, prosumer);
    for (int t = 0; t < intervals; t++) {
      double envelope = 2 * terms.envelopeWeight();
      builder.addQuadraticCost(model.importLimit(t), hours * envelope);
      builder.addQuadraticCost(model.exportLimit(t), hours * envelope);
      builder.addQuadraticCost(model.plan(t), hours * (envelope + terms.tradePenalty()));
    }
    program = builder.build();
    prepared = solver.prepare(program);
    target = new double[3 * intervals];
    multiplier = new double[3 * intervals];
    response = new double[3 * intervals];
    price = new double[intervals];
    purchase = new double[intervals];
    retail = new double[intervals];
    plan = new double[intervals];
    request = new double[intervals];
    agreedPurchase = new double[intervals];
    for (int t = 0; t < intervals; t++) {
      price[t] = (buyPrice(t) + sellPrice(t)) / 2;
    }
  }

  public ProsumerId id() {
    return prosumer.id();
  }

  private double buyPrice(int t) {
    return prosumer.tariff().retailBuyPerKwh().at(t);
  }

  private double sellPrice(int t) {
    return prosumer.tariff().retailSellPerKwh().at(t);
  }

  private Variable coupled(int i) {
    int t = i % intervals;
    return switch (i / intervals) {
      case 0 -> model.importLimit(t);
      case 1 -> model.exportLimit(t);
      default -> model.plan(t);
    };
  }

  // v ← v + 2w²(z̃ − ê) with ê = α e + (1 − α) z;  z ← z + ν(z̃ − z) in the single sweep, z̃
  // otherwise
  // (method, section 7).
  public void receive(Offer offer) {
    double relaxation = terms.singleSweep() ? 1 : terms.relaxation();
    double step = terms.singleSweep() && offered ? terms.correctionStep() : 1;
    double[] answer = megawatts(offer.position());
    for (int i = 0; i < answer.length; i++) {
      if (offered) {
        double relaxed = relaxation * response[i] + (1 - relaxation) * target[i];
        multiplier[i] += 2 * terms.envelopeWeight() * (answer[i] - relaxed);
      }
      target[i] += step * (answer[i] - target[i]);
    }
    offered = true;
  }

  /** Block X: the best plan and envelope at present prices, and what to ask the others for. */
  public TradeRequest propose(int round, int cycle, double accuracy) {
    double beta = terms.tradePenalty();
    for (int i = 0; i < target.length; i++) {
      double cost = -multiplier[i] - 2 * terms.envelopeWeight() * target[i];
      int t = i % intervals;
      if (i >= 2 * intervals) {
        cost += price[t] - beta * (purchase[t] + retail[t]);
      }
      prepared.setLinearCost(coupled(i), hours * cost);
    }
    latest = solved(latest == null ? prepared.solve() : prepared.solveNear(latest, accuracy));
    for (int i = 0; i < response.length; i++) {
      response[i] = latest.value(coupled(i));
    }
    for (int t = 0; t < intervals; t++) {
      plan[t] = response[2 * intervals + t];
      request[t] = plan[t] - retail[t] + price[t] / beta;
    }
    return new TradeRequest(round, cycle, id(), kilowatts(request, 0));
  }

  /** Blocks G and π, and the correction, once the market has cleared. */
  public void receive(TradeAnswer answer) {
    double beta = terms.tradePenalty();
    balanceMismatch = 0;
    tradeMovement = 0;
    for (int t = 0; t < intervals; t++) {
      double bought = answer.purchaseKw().at(t) / 1000;
      double left = plan[t] - bought + price[t] / beta;
      double atRetail =
          left > buyPrice(t) / beta
              ? left - buyPrice(t) / beta
              : Math.min(0, left - sellPrice(t) / beta);
      double purchaseMove = purchase[t] - bought;
      double retailMove = retail[t] - atRetail;
      balanceMismatch = Math.max(balanceMismatch, Math.abs(plan[t] - bought - atRetail));
      tradeMovement =
          Math.max(tradeMovement, beta * Math.max(Math.abs(purchaseMove), Math.abs(retailMove)));
      price[t] += beta * (plan[t] - bought - atRetail);
      double step = terms.correctionStep();
      if (terms.tradeMethod() == Terms.TradeMethod.TRIAMC) {
        purchase[t] += step * (retailMove - purchaseMove);
        retail[t] -= step * retailMove;
      } else {
        purchase[t] = bought;
        retail[t] = atRetail;
      }
      agreedPurchase[t] = bought;
    }
  }

  /** The response to the latest offer. */
  public Request request(int round) {
    return new Request(
        round,
        id(),
        new EnvelopePosition(
            kilowatts(response, 0),
            kilowatts(response, intervals),
            kilowatts(response, 2 * intervals)));
  }

  /** Largest difference between the plan and what is bought, kW. */
  public Report report(int round) {
    return new Report(
        round, id().value(), 1000 * balanceMismatch, tradeMovement, Double.NaN, Double.NaN);
  }

  /** Its share of the lower bound at the present prices (method, section 8), in the currency. */
  public Report lowerBound(int round) {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    ProsumerModel free = ProsumerModel.addTo(builder, prosumer);
    for (int t = 0; t < intervals; t++) {
      builder.addLinearCost(free.importLimit(t), -hours * multiplier[t]);
      builder.addLinearCost(free.exportLimit(t), -hours * multiplier[intervals + t]);
      builder.addLinearCost(free.plan(t), hours * (marketPrice(t) - multiplier[2 * intervals + t]));
    }
    Solution solution = solved(solver.solve(builder.build()));
    return new Report(round, id().value(), 0, 0, Double.NaN, 1000 * solution.objective());
  }

  // The price at which the market's answer is its best one, which the market knows as well.
  private double marketPrice(int t) {
    double market = terms.tradePenalty() * (request[t] - agreedPurchase[t]);
    return Math.max(sellPrice(t), Math.min(buyPrice(t), market));
  }

  /** Local energy price, currency per kWh. */
  public Profile energyPricePerKwh() {
    return Profile.generate(intervals, this::marketPrice);
  }

  /** A plan inside these envelopes with these trades, which is always feasible. */
  public ProsumerPlan plan(List<OperatingEnvelope> envelopes, Profile purchaseKw) {
    return ProsumerProblem.solve(prosumer, envelopes, purchaseKw, solver);
  }

  private Solution solved(Solution solution) {
    if (!solution.usable()) {
      throw new IllegalStateException(
          "the problem of prosumer " + id() + " was not solved: " + solution);
    }
    return solution;
  }

  private double[] megawatts(EnvelopePosition position) {
    double[] values = new double[3 * intervals];
    for (int t = 0; t < intervals; t++) {
      values[t] = position.importLimitKw().at(t) / 1000;
      values[intervals + t] = position.exportLimitKw().at(t) / 1000;
      values[2 * intervals + t] = position.netImportKw().at(t) / 1000;
    }
    return values;
  }

  private Profile kilowatts(double[] megawatts, int from) {
    return Profile.generate(intervals, t -> 1000 * megawatts[from + t]);
  }
}
