package ndoe.controller.trading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.message.TradeAnswer;
import ndoe.controller.message.TradeRequest;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.TradeLink;

/**
 * Block Y: clears the market at what prosumers ask for, {@code min Σ u|b| + β/2 ‖ρ − S b‖²} over
 * all trades within their limits (method, 6.2), interval by interval.
 *
 * <p>Link by link the best trade has a closed form; sweeping over the links until none moves
 * reaches the optimum, because only the smooth part couples them (Tseng, J. Optim. Theory Appl.
 * 109, 2001).
 */
public final class TradingPlatform {
  /** Largest movement of a trade in the last sweep, MW. */
  private static final double STILL_MW = 1e-8;

  private static final int MOST_SWEEPS = 5_000;

  private final List<ProsumerId> prosumers;
  private final List<TradeLink> links;
  private final int[] seller;
  private final int[] buyer;
  private final double[] limitMw;
  private final double[] charge;
  private final double penalty;
  private final double[][] tradeMw;

  /**
   * For one horizon.
   *
   * @param penalty β, thousands of the currency per MW²h
   */
  public TradingPlatform(
      List<ProsumerId> prosumers, List<TradeLink> links, int intervals, double penalty) {
    this.prosumers = List.copyOf(prosumers);
    this.links = List.copyOf(links);
    this.penalty = penalty;
    Map<ProsumerId, Integer> positions = new HashMap<>();
    prosumers.forEach(id -> positions.put(id, positions.size()));
    seller = links.stream().mapToInt(link -> positions.get(link.first())).toArray();
    buyer = links.stream().mapToInt(link -> positions.get(link.second())).toArray();
    limitMw = links.stream().mapToDouble(link -> link.limitKw() / 1000).toArray();
    charge = links.stream().mapToDouble(TradeLink::chargePerKwh).toArray();
    tradeMw = new double[intervals][links.size()];
  }

  /** Clears the market for one request of every prosumer, in any order. */
  public List<TradeAnswer> clear(List<TradeRequest> requests) {
    Map<ProsumerId, TradeRequest> byProsumer = new HashMap<>();
    requests.forEach(request -> byProsumer.put(request.from(), request));
    double[][] purchase = new double[tradeMw.length][];
    for (int t = 0; t < tradeMw.length; t++) {
      double[] desired = new double[prosumers.size()];
      for (int n = 0; n < desired.length; n++) {
        desired[n] = byProsumer.get(prosumers.get(n)).desiredPurchaseKw().at(t) / 1000;
      }
      purchase[t] = clear(desired, tradeMw[t]);
    }
    TradeRequest any = requests.get(0);
    List<TradeAnswer> answers = new ArrayList<>();
    for (int n = 0; n < prosumers.size(); n++) {
      int at = n;
      answers.add(
          new TradeAnswer(
              any.round(),
              any.cycle(),
              prosumers.get(n),
              Profile.generate(tradeMw.length, t -> 1000 * purchase[t][at]),
              purchasesKw(n)));
    }
    return answers;
  }

  private Map<ProsumerId, Profile> purchasesKw(int prosumer) {
    Map<ProsumerId, Profile> purchases = new LinkedHashMap<>();
    for (int m = 0; m < links.size(); m++) {
      int link = m;
      if (buyer[m] == prosumer) {
        purchases.put(
            prosumers.get(seller[m]),
            Profile.generate(tradeMw.length, t -> 1000 * tradeMw[t][link]));
      } else if (seller[m] == prosumer) {
        purchases.put(
            prosumers.get(buyer[m]),
            Profile.generate(tradeMw.length, t -> -1000 * tradeMw[t][link]));
      }
    }
    return purchases;
  }

  /** Improves these trades to the optimum and returns what everybody buys, MW. */
  private double[] clear(double[] desired, double[] trade) {
    double[] purchase = new double[desired.length];
    for (int m = 0; m < trade.length; m++) {
      purchase[buyer[m]] += trade[m];
      purchase[seller[m]] -= trade[m];
    }
    double moved = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < MOST_SWEEPS && moved > STILL_MW; sweep++) {
      moved = 0;
      for (int m = 0; m < trade.length; m++) {
        int i = seller[m];
        int j = buyer[m];
        // Price difference over the link if it carried nothing, over twice the penalty.
        double pull = trade[m] + ((desired[j] - purchase[j]) - (desired[i] - purchase[i])) / 2;
        double threshold = charge[m] / (2 * penalty);
        double best = Math.signum(pull) * Math.max(0, Math.abs(pull) - threshold);
        best = Math.max(-limitMw[m], Math.min(limitMw[m], best));
        double change = best - trade[m];
        if (change != 0) {
          trade[m] = best;
          purchase[j] += change;
          purchase[i] -= change;
          moved = Math.max(moved, Math.abs(change));
        }
      }
    }
    return purchase;
  }

  /** Network charges on the trades agreed, in the currency. */
  public double networkCharges(double hours) {
    double charges = 0;
    for (double[] trades : tradeMw) {
      for (int m = 0; m < trades.length; m++) {
        charges += hours * 1000 * charge[m] * Math.abs(trades[m]);
      }
    }
    return charges;
  }
}
