package ndoe.controller.negotiation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import ndoe.controller.message.Post;
import ndoe.controller.message.Report;
import ndoe.controller.message.Terms;
import ndoe.controller.message.TradeAnswer;
import ndoe.controller.message.TradeRequest;
import ndoe.controller.prosumer.Prosumer;
import ndoe.controller.trading.Market;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/** Trading cycles until prosumers and market agree (method, section 6). */
final class Trading {
  /** Cycles after which trading ends as it is. */
  private static final int MOST_CYCLES = 300;

  private final Map<ProsumerId, Prosumer> prosumers = new LinkedHashMap<>();
  private final Market market;
  private final Terms terms;
  private final Post post;
  private final ExecutorService workers;
  private final Map<ProsumerId, Report> reports = new LinkedHashMap<>();
  private int cycles;

  Trading(
      List<Prosumer> prosumers, Market market, Terms terms, Post post, ExecutorService workers) {
    prosumers.forEach(prosumer -> this.prosumers.put(prosumer.id(), prosumer));
    this.market = market;
    this.terms = terms;
    this.post = post;
    this.workers = workers;
  }

  int cycles() {
    return cycles;
  }

  /**
   * Trades until every tolerance holds.
   *
   * @return false if the cycles ran out
   */
  boolean agree(double accuracy) {
    while (cycles < MOST_CYCLES) {
      Report latest = cycle(0, cycles, accuracy, true);
      if (latest.mismatchKw() <= terms.toleranceKw()
          && latest.movementPerKwh() <= terms.tolerancePerKwh()) {
        return true;
      }
    }
    return false;
  }

  /**
   * One cycle: everybody plans at once, the market answers.
   *
   * @param acknowledged whether every message is repeated until it arrives
   */
  Report cycle(int round, int cycle, double accuracy, boolean acknowledged) {
    boolean repeating = acknowledged || cycles == 0;
    cycles++;
    Map<ProsumerId, TradeRequest> asked =
        Parallel.forEach(
            List.copyOf(prosumers.keySet()),
            id -> prosumers.get(id).propose(round, cycle, accuracy),
            workers);
    List<TradeRequest> arrived = new ArrayList<>();
    asked.values().forEach(request -> post.send(request, repeating).ifPresent(arrived::add));
    for (TradeAnswer answer : market.clear(arrived)) {
      Prosumer prosumer = prosumers.get(answer.to());
      post.send(answer, repeating).ifPresent(prosumer::receive);
      post.send(prosumer.report(round), repeating)
          .ifPresent(report -> reports.put(prosumer.id(), report));
    }
    double cost = reports.values().stream().mapToDouble(Report::cost).sum();
    return new Report(
        round,
        "prosumers",
        reports.values().stream().mapToDouble(Report::mismatchKw).max().orElse(0),
        reports.values().stream().mapToDouble(Report::movementPerKwh).max().orElse(0),
        cost + market.networkCharges(),
        Double.NaN);
  }

  /** Makes the trades firm and returns what everybody buys, kW. */
  Map<ProsumerId, Profile> close() {
    Map<ProsumerId, Profile> purchases = new HashMap<>();
    market.close().forEach(answer -> purchases.put(post.carry(answer).to(), answer.purchaseKw()));
    return purchases;
  }

  /** Local energy prices of everybody; for the record, not told to anybody. */
  Map<ProsumerId, Profile> prices() {
    Map<ProsumerId, Profile> prices = new HashMap<>();
    prosumers.forEach((id, prosumer) -> prices.put(id, prosumer.energyPricePerKwh()));
    return prices;
  }
}
