package ndoe.controller.negotiation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.Operator;
import ndoe.controller.message.Offer;
import ndoe.controller.message.Post;
import ndoe.controller.message.Report;
import ndoe.controller.message.Request;
import ndoe.controller.message.Terms;
import ndoe.controller.prosumer.Prosumer;
import ndoe.controller.trading.Market;
import ndoe.feeders.ProsumerId;

/**
 * The coordinator: lets operator, prosumers and market speak in turn until they agree (method,
 * sections 6, 7 and 12). It sees residuals and bounds, and carries the messages.
 */
final class Rounds {
  /** A round in which the mismatch has to halve, or the proven single sweep takes over. */
  private static final int PATIENCE = 15;

  /** Mismatch the first round’s trading may leave, kW (method, 6.3). */
  private static final double FIRST_TRADE_TOLERANCE_KW = 200;

  private static final double LOOSEST = 1e-5;
  private static final double TIGHTEST = 1e-8;

  private final Operator operator;
  private final Map<ProsumerId, Prosumer> prosumers = new LinkedHashMap<>();
  private final Market market;
  private final Post post;
  private final ExecutorService workers;
  private final NegotiationListener listener;
  private final Trading inner;
  private final long start = System.nanoTime();
  private Terms terms;
  private int number;
  private double reference = Double.POSITIVE_INFINITY;
  private int sinceReference;
  private double latestMismatchKw = Double.POSITIVE_INFINITY;

  Rounds(
      Operator operator,
      List<Prosumer> prosumers,
      Market market,
      Terms terms,
      Post post,
      ExecutorService workers,
      NegotiationListener listener) {
    this.operator = operator;
    prosumers.forEach(prosumer -> this.prosumers.put(prosumer.id(), prosumer));
    this.market = market;
    this.terms = terms;
    this.post = post;
    this.workers = workers;
    this.listener = listener;
    inner = new Trading(prosumers, market, terms, post, workers);
    deliver(operator.open(0), true);
    listener.offered(0, operator.decision());
  }

  /** Rounds so far. */
  int rounds() {
    return number;
  }

  Trading trading() {
    return inner;
  }

  /**
   * Negotiates until every tolerance holds. Where messages may be lost, a round in which each is
   * repeated until it arrives has to confirm that.
   *
   * @return false if the rounds ran out; the last offers are safe all the same
   */
  boolean agree(int feedbackPass) {
    boolean confirming = !post.mayLose();
    for (int round = 1; round <= terms.mostRounds(); round++) {
      boolean last = round == terms.mostRounds();
      Round done = exchange(feedbackPass, round, confirming || last);
      listener.round(done);
      listener.offered(number, operator.decision());
      boolean agreed =
          done.mismatchKw() <= terms.toleranceKw()
              && done.movementPerKwh() <= terms.tolerancePerKwh();
      if (agreed && confirming && !operator.forbidBurning()) {
        return true;
      }
      confirming = agreed || !post.mayLose();
      guard(done.mismatchKw());
    }
    return false;
  }

  /** The operator takes other margins and everybody goes on from where they are. */
  void tighten(AcMargins margins) {
    operator.tighten(margins);
  }

  private Round exchange(int feedbackPass, int round, boolean repeating) {
    number++;
    double tolerance =
        Math.min(0.3 * latestMismatchKw, FIRST_TRADE_TOLERANCE_KW / Math.pow(round, 1.1));
    Report trading = null;
    int done = 0;
    while (done < terms.mostCycles()
        && (trading == null || mismatchAndMovementKw(trading) > tolerance)) {
      trading = inner.cycle(number, done, accuracy(), repeating);
      done++;
    }
    List<Request> requests =
        prosumers.values().stream()
            .flatMap(prosumer -> post.send(prosumer.request(number), repeating).stream())
            .toList();
    deliver(operator.answer(number, requests, accuracy()), repeating);
    Report envelopes = post.carry(operator.report(number));
    latestMismatchKw = Math.max(envelopes.mismatchKw(), trading.mismatchKw());
    return new Round(
        number,
        feedbackPass,
        done,
        envelopes.mismatchKw(),
        trading.mismatchKw(),
        envelopes.movementPerKwh(),
        trading.movementPerKwh(),
        envelopes.cost() + trading.cost(),
        terms.singleSweep(),
        post.messages(),
        post.payloadBytes(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private double mismatchAndMovementKw(Report report) {
    double perKwh = terms.toleranceKw() / terms.tolerancePerKwh();
    return Math.max(report.mismatchKw(), perKwh * report.movementPerKwh());
  }

  /** Sub-problems need to be no more accurate than the parties are close to each other. */
  private double accuracy() {
    return Math.max(TIGHTEST, Math.min(LOOSEST, 1e-7 * latestMismatchKw / terms.toleranceKw()));
  }

  /** A nested round has no proof of convergence; the single sweep has (method, 7.1). */
  private void guard(double mismatchKw) {
    sinceReference++;
    if (mismatchKw <= reference / 2) {
      reference = mismatchKw;
      sinceReference = 0;
    } else if (sinceReference >= PATIENCE && !terms.singleSweep()) {
      terms = terms.asSingleSweep();
      operator.continueBy(terms);
      prosumers.values().forEach(prosumer -> prosumer.continueBy(terms));
      listener.singleSweep(number);
    }
  }

  private void deliver(List<Offer> made, boolean repeating) {
    for (Offer offer : made) {
      post.send(offer, repeating).ifPresent(prosumers.get(offer.to())::receive);
    }
  }

  /** The lower bound on what all pay together at the present prices (method, section 8). */
  double lowerBound() {
    double bound =
        Parallel.forEach(
                List.copyOf(prosumers.keySet()),
                id -> prosumers.get(id).lowerBound(number),
                workers)
            .values()
            .stream()
            .mapToDouble(report -> post.carry(report).lower())
            .sum();
    return bound
        + post.carry(operator.lowerBound(number)).lower()
        + post.carry(market.lowerBound(number)).lower();
  }
}
