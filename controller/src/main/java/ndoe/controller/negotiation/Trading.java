package ndoe.controller.negotiation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import ndoe.controller.message.Post;
import ndoe.controller.message.ProsumerParty;
import ndoe.controller.message.Report;
import ndoe.controller.message.Terms;
import ndoe.controller.message.TradeAnswer;
import ndoe.controller.message.TradeRequest;
import ndoe.controller.trading.Market;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/** Trading cycles until prosumers and market agree (method, section 6). */
final class Trading {
  /** Cycles after which trading ends as it is. */
  private static final int MOST_CYCLES = 300;

  private final Map<ProsumerId, ProsumerParty> prosumers = new LinkedHashMap<>();
  private final Market market;
  private final Terms terms;
  private final Post post;
  private final ExecutorService workers;
  private final Map<String, Report> reports = new LinkedHashMap<>();
  private int cycles;
  private boolean heardAll;

  Trading(
      List<? extends ProsumerParty> prosumers,
      Market market,
      Terms terms,
      Post post,
      ExecutorService workers) {
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
    List<TradeRequest> arrived = new ArrayList<>();
    List<TradeRequest> asked = ask(prosumer -> prosumer.propose(round, cycle, accuracy));
    asked.forEach(request -> post.send(request, repeating).ifPresent(arrived::add));
    withdrawDropped();
    long expected = prosumers.values().stream().filter(prosumer -> !prosumer.dropped()).count();
    heardAll = asked.size() >= expected;
    for (TradeAnswer answer : market.clear(arrived)) {
      post.send(answer, repeating).ifPresent(prosumers.get(answer.to())::receive);
    }
    ask(prosumer -> prosumer.report(round))
        .forEach(
            report ->
                post.send(report, repeating).ifPresent(heard -> reports.put(heard.from(), heard)));
    double cost = reports.values().stream().mapToDouble(Report::cost).sum();
    return new Report(
        round,
        "prosumers",
        reports.values().stream().mapToDouble(Report::mismatchKw).max().orElse(0),
        reports.values().stream().mapToDouble(Report::movementPerKwh).max().orElse(0),
        cost + market.networkCharges(),
        Double.NaN);
  }

  /** Whether everybody who was not dropped said its wishes in the last cycle. */
  boolean heardAll() {
    return heardAll;
  }

  /** What everybody answers who answers in time, asked all at once. */
  private <T> List<T> ask(Function<ProsumerParty, Optional<T>> question) {
    return Parallel.forEach(
            List.copyOf(prosumers.keySet()), id -> question.apply(prosumers.get(id)), workers)
        .values()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Nobody trades with a prosumer that was dropped. */
  void withdrawDropped() {
    for (ProsumerParty prosumer : prosumers.values()) {
      if (prosumer.dropped()) {
        market.withdraw(prosumer.id());
        reports.remove(prosumer.id().value());
      }
    }
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
    prosumers.forEach(
        (id, prosumer) -> prosumer.recordedPricePerKwh().ifPresent(price -> prices.put(id, price)));
    return prices;
  }
}
