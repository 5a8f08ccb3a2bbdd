package ndoe.controller.prosumer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.message.HorizonShift;
import ndoe.controller.message.Terms;
import ndoe.controller.message.TradeAnswer;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Row;
import ndoe.controller.program.Solution;
import ndoe.controller.program.Variable;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Tariff;
import ndoe.feeders.TradeLink;

/**
 * Trading in the edge form (method, 6.5): the prosumer plans its own copy of every trade and of its
 * retail position together with its devices; each copy has a multiplier that draws it to the other
 * end’s.
 */
final class EdgeTrade implements TradeBlock {
  private final ProsumerKnowledge prosumer;
  private final Terms terms;
  private final int intervals;
  private final double hours;
  private final Map<ProsumerId, Link> links = new LinkedHashMap<>();
  private final Row[] balance;
  private Solution latest;
  private double mismatch;
  private double movement;

  private static final class Link {
    final double limitMw;
    final Variable[] trade;
    final double[] own;
    final double[] agreed;
    final double[] multiplier;

    Link(double limitMw, int intervals) {
      this.limitMw = limitMw;
      trade = new Variable[intervals];
      own = new double[intervals];
      agreed = new double[intervals];
      multiplier = new double[intervals];
    }
  }

  EdgeTrade(ProsumerKnowledge prosumer, List<TradeLink> links, Terms terms) {
    this.prosumer = prosumer;
    this.terms = terms;
    intervals = prosumer.horizon().intervals();
    hours = prosumer.horizon().intervalHours();
    balance = new Row[intervals];
    for (TradeLink link : links) {
      ProsumerId other = link.first().equals(prosumer.id()) ? link.second() : link.first();
      this.links.put(other, new Link(link.limitKw() / 1000, intervals));
    }
  }

  // d = Σ a + g, with β/2 (a − b)² and the retail cost of g.
  @Override
  public void addTo(ConvexProgram.Builder program, ProsumerModel model) {
    for (int t = 0; t < intervals; t++) {
      balance[t] = model.addRetail(t, 0);
      for (Link link : links.values()) {
        link.trade[t] = program.variable("trade[" + t + "]", -link.limitMw, link.limitMw);
        program.addQuadraticCost(link.trade[t], hours * terms.tradePenalty());
        balance[t].add(link.trade[t], -1);
      }
    }
  }

  @Override
  public double planCost(int interval) {
    return 0;
  }

  @Override
  public void setCosts(PreparedProgram prepared) {
    for (Link link : links.values()) {
      for (int t = 0; t < intervals; t++) {
        prepared.setLinearCost(
            link.trade[t], hours * (link.multiplier[t] - terms.tradePenalty() * link.agreed[t]));
      }
    }
  }

  @Override
  public double planned(Solution solution) {
    latest = solution;
    double drawn = 0;
    for (Link link : links.values()) {
      for (int t = 0; t < intervals; t++) {
        double own = solution.value(link.trade[t]);
        double linear = link.multiplier[t] - terms.tradePenalty() * link.agreed[t];
        drawn += hours * (linear + terms.tradePenalty() / 2 * own) * own;
        link.own[t] = own;
      }
    }
    return drawn;
  }

  @Override
  public double retailCost() {
    return 0;
  }

  @Override
  public Profile desiredPurchaseKw() {
    return Profile.generate(
        intervals, t -> links.values().stream().mapToDouble(link -> desiredKw(link, t)).sum());
  }

  @Override
  public Map<ProsumerId, Profile> desiredPurchaseKwFrom() {
    Map<ProsumerId, Profile> desired = new LinkedHashMap<>();
    links.forEach(
        (id, link) -> desired.put(id, Profile.generate(intervals, t -> desiredKw(link, t))));
    return desired;
  }

  private double desiredKw(Link link, int t) {
    return 1000 * (link.own[t] + link.multiplier[t] / terms.tradePenalty());
  }

  @Override
  public void resume(TradeBlock before, HorizonShift shift) {
    if (before instanceof EdgeTrade stood) {
      links.forEach(
          (id, link) -> {
            Link earlier = stood.links.get(id);
            System.arraycopy(shift.moved(earlier.agreed), 0, link.agreed, 0, intervals);
            System.arraycopy(shift.moved(earlier.multiplier), 0, link.multiplier, 0, intervals);
          });
    }
  }

  @Override
  public void receive(TradeAnswer answer) {
    mismatch = 0;
    movement = 0;
    links.forEach(
        (id, link) -> {
          for (int t = 0; t < intervals; t++) {
            double agreed = answer.purchaseKwFrom().get(id).at(t) / 1000;
            double missing = link.own[t] - agreed;
            mismatch = Math.max(mismatch, Math.abs(missing));
            movement = Math.max(movement, terms.tradePenalty() * Math.abs(agreed - link.agreed[t]));
            link.multiplier[t] += terms.tradePenalty() * missing;
            link.agreed[t] = agreed;
          }
        });
  }

  @Override
  public double mismatchMw() {
    return mismatch;
  }

  @Override
  public double movement() {
    return movement;
  }

  @Override
  public double price(int t) {
    Tariff tariff = prosumer.tariff();
    double price = -latest.dual(balance[t]) / hours;
    return Math.max(
        tariff.retailSellPerKwh().at(t), Math.min(tariff.retailBuyPerKwh().at(t), price));
  }
}
