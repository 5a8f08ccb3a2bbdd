package ndoe.controller.trading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import ndoe.controller.message.HorizonShift;
import ndoe.controller.message.Report;
import ndoe.controller.message.Terms;
import ndoe.controller.message.TradeAnswer;
import ndoe.controller.message.TradeRequest;
import ndoe.feeders.Horizon;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Tariff;
import ndoe.feeders.TradeLink;

/**
 * Where prosumers find each other: takes what everybody would like to buy and answers with the
 * trades that serve them best (method, section 6), interval by interval.
 *
 * <p>Inside: MW, thousands of the currency.
 */
public final class Market {
  private TradeGraph graph;
  private final Horizon horizon;
  private final Tariff tariff;
  private final Terms terms;
  private final Function<TradeGraph, Clearing> method;
  private Clearing clearing;
  private final double[][] tradeMw;
  private final double[][] price;
  private final Map<ProsumerId, TradeRequest> heard = new HashMap<>();
  private final Set<ProsumerId> withdrawn = new HashSet<>();

  private Market(
      TradeGraph graph,
      Horizon horizon,
      Tariff tariff,
      Terms terms,
      Function<TradeGraph, Clearing> method) {
    this.graph = graph;
    this.horizon = horizon;
    this.tariff = tariff;
    this.terms = terms;
    this.method = method;
    this.clearing = method.apply(graph);
    tradeMw = new double[horizon.intervals()][graph.links()];
    price = new double[horizon.intervals()][graph.prosumers().size()];
  }

  /** Run by a platform that all prosumers tell their requests. */
  public static Market platform(
      List<ProsumerId> prosumers,
      List<TradeLink> links,
      Horizon horizon,
      Tariff tariff,
      Terms terms) {
    TradeGraph graph = new TradeGraph(prosumers, links);
    return new Market(graph, horizon, tariff, terms, of -> new CentralClearing(of, penalty(terms)));
  }

  /** Run by the prosumers themselves, every link by its two ends. */
  public static Market amongNeighbours(
      List<ProsumerId> prosumers,
      List<TradeLink> links,
      Horizon horizon,
      Tariff tariff,
      Terms terms) {
    TradeGraph graph = new TradeGraph(prosumers, links);
    return new Market(
        graph, horizon, tariff, terms, of -> new NeighbourClearing(of, penalty(terms)));
  }

  /** Goes on from the trades last cleared on an earlier horizon. */
  public Market resume(Market before, HorizonShift shift) {
    for (int t = 0; t < tradeMw.length; t++) {
      System.arraycopy(before.tradeMw[shift.from(t)], 0, tradeMw[t], 0, tradeMw[t].length);
    }
    return this;
  }

  private static double penalty(Terms terms) {
    return terms.tradePenalty() + terms.proximalWeight();
  }

  /**
   * Clears the market; who is not heard is assumed to ask for the same again, or for nothing if it
   * was never heard.
   *
   * @param requests that arrived, in any order
   */
  public List<TradeAnswer> clear(List<TradeRequest> requests) {
    graph.prosumers().forEach(id -> heard.computeIfAbsent(id, this::nothing));
    requests.forEach(request -> heard.put(request.from(), request));
    double[][] purchase = new double[tradeMw.length][];
    for (int t = 0; t < tradeMw.length; t++) {
      double[] desired = new double[graph.prosumers().size()];
      for (int n = 0; n < desired.length; n++) {
        desired[n] = heard.get(graph.prosumers().get(n)).desiredPurchaseKw().at(t) / 1000;
      }
      if (terms.tradeMethod() == Terms.TradeMethod.EDGE) {
        meetHalfway(t, heard);
      } else {
        clearing.clear(desired, tradeMw[t]);
      }
      purchase[t] = graph.purchases(tradeMw[t]);
      notePrices(t, desired, purchase[t]);
    }
    return answers(purchase);
  }

  /** Closes every link of a prosumer, whatever it asked for; the others go on. */
  public void withdraw(ProsumerId prosumer) {
    if (!withdrawn.add(prosumer)) {
      return;
    }
    graph = graph.closing(prosumer);
    clearing = method.apply(graph);
    for (double[] trades : tradeMw) {
      for (int m = 0; m < trades.length; m++) {
        trades[m] = graph.limitMw(m) == 0 ? 0 : trades[m];
      }
    }
    heard.put(prosumer, nothing(prosumer));
  }

  private TradeRequest nothing(ProsumerId prosumer) {
    Profile none = Profile.constant(0, horizon.intervals());
    Map<ProsumerId, Profile> noneFrom = new HashMap<>();
    graph.partnersOf(prosumer).forEach(partner -> noneFrom.put(partner, none));
    return new TradeRequest(0, 0, prosumer, none, noneFrom);
  }

  /** Makes the trades last cleared firm, in whole watts, and tells everybody its own. */
  public List<TradeAnswer> close() {
    double[][] purchase = new double[tradeMw.length][];
    for (int t = 0; t < tradeMw.length; t++) {
      for (int m = 0; m < graph.links(); m++) {
        tradeMw[t][m] = Math.rint(1e6 * tradeMw[t][m]) / 1e6;
      }
      purchase[t] = graph.purchases(tradeMw[t]);
    }
    return answers(purchase);
  }

  // Both ends of a link have a copy of its trade (method, 6.5).
  private void meetHalfway(int t, Map<ProsumerId, TradeRequest> requests) {
    for (int m = 0; m < graph.links(); m++) {
      TradeLink link = graph.link(m);
      double bought = desiredMw(requests.get(link.second()), link.first(), t);
      double sold = -desiredMw(requests.get(link.first()), link.second(), t);
      tradeMw[t][m] =
          Clearing.within(
              graph.limitMw(m), graph.charge(m) / (2 * terms.tradePenalty()), (bought + sold) / 2);
    }
  }

  private static double desiredMw(TradeRequest request, ProsumerId from, int t) {
    return request.desiredPurchaseKwFrom().get(from).at(t) / 1000;
  }

  // Between the retailer's prices, as every prosumer computes it for itself as well.
  private void notePrices(int t, double[] desired, double[] purchase) {
    for (int n = 0; n < desired.length; n++) {
      price[t][n] =
          Math.max(
              tariff.retailSellPerKwh().at(t),
              Math.min(
                  tariff.retailBuyPerKwh().at(t), penalty(terms) * (desired[n] - purchase[n])));
    }
  }

  private List<TradeAnswer> answers(double[][] purchase) {
    List<TradeAnswer> answers = new ArrayList<>();
    for (int n = 0; n < graph.prosumers().size(); n++) {
      int at = n;
      TradeRequest answered = heard.get(graph.prosumers().get(n));
      answers.add(
          new TradeAnswer(
              answered.round(),
              answered.cycle(),
              graph.prosumers().get(n),
              Profile.generate(tradeMw.length, t -> 1000 * purchase[t][at]),
              purchasesKw(n)));
    }
    return answers;
  }

  private Map<ProsumerId, Profile> purchasesKw(int prosumer) {
    Map<ProsumerId, Profile> purchases = new LinkedHashMap<>();
    for (int m = 0; m < graph.links(); m++) {
      if (graph.buyer(m) == prosumer) {
        purchases.put(graph.link(m).first(), tradeKw(m, 1));
      } else if (graph.seller(m) == prosumer) {
        purchases.put(graph.link(m).second(), tradeKw(m, -1));
      }
    }
    return purchases;
  }

  private Profile tradeKw(int link, int sign) {
    return Profile.generate(tradeMw.length, t -> sign * 1000 * tradeMw[t][link]);
  }

  /** Network charges on the trades last cleared, in the currency. */
  public double networkCharges() {
    double charges = 0;
    for (double[] trades : tradeMw) {
      for (int m = 0; m < trades.length; m++) {
        charges += horizon.intervalHours() * 1000 * graph.charge(m) * Math.abs(trades[m]);
      }
    }
    return charges;
  }

  /** Its share of the lower bound at the present prices (method, section 8). */
  public Report lowerBound(int round) {
    double bound = 0;
    for (int t = 0; t < tradeMw.length; t++) {
      for (int m = 0; m < graph.links(); m++) {
        double spread = Math.abs(price[t][graph.buyer(m)] - price[t][graph.seller(m)]);
        bound -= horizon.intervalHours() * graph.limitMw(m) * Math.max(0, spread - graph.charge(m));
      }
    }
    return new Report(round, "market", 0, 0, Double.NaN, 1000 * bound);
  }

  /**
   * The contracts on the trades last cleared: the two ends share the local prices evenly, each pays
   * half of the network charge, and a full link’s scarcity rent is split as well (method, section
   * 9).
   */
  public List<Trade> trades() {
    List<Trade> trades = new ArrayList<>();
    for (int t = 0; t < tradeMw.length; t++) {
      for (int m = 0; m < graph.links(); m++) {
        double kw = Math.rint(1e6 * tradeMw[t][m]) / 1e3;
        if (kw != 0) {
          double middle = (price[t][graph.seller(m)] + price[t][graph.buyer(m)]) / 2;
          trades.add(Trade.over(graph.link(m), t, kw, middle));
        }
      }
    }
    return trades;
  }
}
