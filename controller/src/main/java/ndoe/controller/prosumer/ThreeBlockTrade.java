package ndoe.controller.prosumer;

import ndoe.controller.message.HorizonShift;
import ndoe.controller.message.Terms;
import ndoe.controller.message.Terms.TradeMethod;
import ndoe.controller.message.TradeAnswer;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.Solution;
import ndoe.feeders.Horizon;
import ndoe.feeders.Profile;
import ndoe.feeders.Tariff;

/**
 * Trading in three blocks: devices, trades, retail (method, section 6), with the triangular
 * correction, without it, or all blocks at once.
 */
final class ThreeBlockTrade implements TradeBlock {
  private final Tariff tariff;
  private final Terms terms;
  private final TriangularCorrection correction;
  private final double[] price;
  private final double[] purchase;
  private final double[] retail;
  private final double[] plan;
  private final double[] request;
  private final double[] market;
  private ProsumerModel model;
  private double mismatch;
  private double movement;
  private double retailCost;

  ThreeBlockTrade(Horizon horizon, Tariff tariff, Terms terms) {
    this.tariff = tariff;
    this.terms = terms;
    this.correction = new TriangularCorrection(terms.correctionStep());
    int intervals = horizon.intervals();
    price = new double[intervals];
    purchase = new double[intervals];
    retail = new double[intervals];
    plan = new double[intervals];
    request = new double[intervals];
    market = new double[intervals];
    for (int t = 0; t < intervals; t++) {
      price[t] = (buyPrice(t) + sellPrice(t)) / 2;
    }
  }

  private double buyPrice(int t) {
    return tariff.retailBuyPerKwh().at(t);
  }

  private double sellPrice(int t) {
    return tariff.retailSellPerKwh().at(t);
  }

  private boolean atOnce() {
    return terms.tradeMethod() == TradeMethod.PROXIMAL_JACOBIAN;
  }

  // β/2 (d − y − g)², and τ/2 (d − dᵏ)² when all blocks move at once.
  @Override
  public void addTo(ConvexProgram.Builder program, ProsumerModel model) {
    this.model = model;
    double hours = model.horizon().intervalHours();
    for (int t = 0; t < plan.length; t++) {
      program.addQuadraticCost(
          model.plan(t), hours * (terms.tradePenalty() + terms.proximalWeight()));
    }
  }

  @Override
  public double planCost(int t) {
    return price[t]
        - terms.tradePenalty() * (purchase[t] + retail[t])
        - terms.proximalWeight() * plan[t];
  }

  @Override
  public double planned(Solution solution) {
    double beta = terms.tradePenalty();
    double hours = model.horizon().intervalHours();
    double drawn = 0;
    for (int t = 0; t < plan.length; t++) {
      double before = plan[t];
      double linear = planCost(t);
      plan[t] = solution.value(model.plan(t));
      drawn += hours * (linear + (beta + terms.proximalWeight()) / 2 * plan[t]) * plan[t];
      double seen = atOnce() ? before : plan[t];
      double wanted = seen - retail[t] + price[t] / beta;
      double weight = terms.proximalWeight();
      request[t] = (beta * wanted + weight * purchase[t]) / (beta + weight);
      market[t] = atOnce() ? seen - purchase[t] + price[t] / beta : Double.NaN;
    }
    return drawn;
  }

  @Override
  public Profile desiredPurchaseKw() {
    return Profile.generate(plan.length, t -> 1000 * request[t]);
  }

  @Override
  public void resume(TradeBlock before, HorizonShift shift) {
    if (before instanceof ThreeBlockTrade stood) {
      System.arraycopy(shift.moved(stood.price), 0, price, 0, price.length);
      System.arraycopy(shift.moved(stood.purchase), 0, purchase, 0, purchase.length);
      System.arraycopy(shift.moved(stood.retail), 0, retail, 0, retail.length);
      System.arraycopy(shift.moved(stood.plan), 0, plan, 0, plan.length);
    }
  }

  // Blocks G and π, then the correction.
  @Override
  public void receive(TradeAnswer answer) {
    double beta = terms.tradePenalty();
    mismatch = 0;
    movement = 0;
    retailCost = 0;
    for (int t = 0; t < plan.length; t++) {
      double bought = answer.purchaseKw().at(t) / 1000;
      double atRetail = retailPosition(t, bought);
      retailCost +=
          model.horizon().intervalHours() * (atRetail > 0 ? buyPrice(t) : sellPrice(t)) * atRetail;
      double purchaseMove = purchase[t] - bought;
      double retailMove = retail[t] - atRetail;
      double missing = plan[t] - bought - atRetail;
      mismatch = Math.max(mismatch, Math.abs(missing));
      movement = Math.max(movement, beta * Math.max(Math.abs(purchaseMove), Math.abs(retailMove)));
      market[t] = (beta + terms.proximalWeight()) * (request[t] - bought);
      price[t] += beta * missing;
      if (terms.tradeMethod() == TradeMethod.TRIAMC) {
        purchase[t] = correction.middle(purchase[t], bought, retail[t], atRetail);
        retail[t] = correction.last(retail[t], atRetail);
      } else {
        purchase[t] = bought;
        retail[t] = atRetail;
      }
    }
  }

  // argmin of retail cost + β/2 (τ − g)², with the proximal term when all blocks move at once.
  private double retailPosition(int t, double bought) {
    double beta = terms.tradePenalty();
    double weight = terms.proximalWeight();
    double wanted = atOnce() ? market[t] : plan[t] - bought + price[t] / beta;
    double centre = (beta * wanted + weight * retail[t]) / (beta + weight);
    double bought0 = centre - buyPrice(t) / (beta + weight);
    double sold0 = centre - sellPrice(t) / (beta + weight);
    return bought0 > 0 ? bought0 : Math.min(0, sold0);
  }

  @Override
  public double retailCost() {
    return retailCost;
  }

  @Override
  public double mismatchMw() {
    return mismatch;
  }

  @Override
  public double movement() {
    return movement;
  }

  // The price at which the market's answer is its best one, which the market knows as well.
  @Override
  public double price(int t) {
    return Math.max(sellPrice(t), Math.min(buyPrice(t), market[t]));
  }
}
