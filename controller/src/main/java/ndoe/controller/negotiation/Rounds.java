package ndoe.controller.negotiation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.Operator;
import ndoe.controller.message.Offer;
import ndoe.controller.message.Post;
import ndoe.controller.message.ProsumerParty;
import ndoe.controller.message.Report;
import ndoe.controller.message.Request;
import ndoe.controller.message.Terms;
import ndoe.controller.trading.Market;
import ndoe.feeders.ProsumerId;

/**
 * The coordinator: lets operator, prosumers and market speak in turn until they agree (method,
 * sections 6, 7 and 12). It sees residuals and bounds, and carries the messages.
 */
final class Rounds {
  /** A round in which the mismatch has to halve, or the proven single sweep takes over. */
  private static final int PATIENCE = 10;

  /** How far mismatch and movement, both as prices, may be apart before the weight changes. */
  private static final double UNBALANCED = 5;

  private static final double WEIGHT_FACTOR = 4;

  /** After finitely many changes the loop converges as with a fixed weight. */
  private static final int MOST_WEIGHT_CHANGES = 4;

  /** Mismatch the first round’s trading may leave, kW (method, 6.3). */
  private static final double FIRST_TRADE_TOLERANCE_KW = 200;

  private static final double LOOSEST = 1e-5;
  private static final double TIGHTEST = 1e-8;

  private final Operator operator;
  private final Map<ProsumerId, ProsumerParty> prosumers = new LinkedHashMap<>();
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
  private int weightChanges;
  private double latestMismatchKw = Double.POSITIVE_INFINITY;
  private boolean heardAll;
  private BooleanSupplier outOfTime = () -> false;

  Rounds(
      Operator operator,
      List<? extends ProsumerParty> prosumers,
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
    deliver(operator.open(), true);
    listener.offered(0, operator.decision());
  }

  /** From now on rounds also end, without agreement, when this says so. */
  void endWhen(BooleanSupplier outOfTime) {
    this.outOfTime = outOfTime;
  }

  /** Everybody goes on from where it stood, so trading is not to be looser than the rest. */
  void resume() {
    latestMismatchKw = terms.toleranceKw();
  }

  /** Rounds so far. */
  int rounds() {
    return number;
  }

  /**
   * What it took so far.
   *
   * @param feedbackPasses comparisons with the AC network
   * @param agreed whether the last rounds reached every tolerance
   */
  Effort effort(int feedbackPasses, boolean agreed) {
    return new Effort(
        feedbackPasses, number, inner.cycles(), agreed, post.messages(), post.payloadBytes());
  }

  Trading trading() {
    return inner;
  }

  /**
   * Negotiates until every tolerance holds. Where messages may be lost, a round in which each is
   * repeated until it arrives has to confirm that.
   *
   * @return false if rounds or time ran out; the last offers are safe all the same
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
      if (agreed && confirming && heardAll && !operator.forbidBurning()) {
        return true;
      }
      if (outOfTime.getAsBoolean()) {
        return false;
      }
      confirming = agreed || !post.mayLose();
      if (!last) {
        guard(done);
      }
    }
    return false;
  }

  /** Asks for tighter tolerances in the rounds to come. */
  void sharpen() {
    terms = terms.sharper(5);
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
    Map<ProsumerId, Optional<Request>> asked = ask(prosumer -> prosumer.request(number));
    List<Request> requests =
        asked.values().stream()
            .flatMap(Optional::stream)
            .flatMap(request -> post.send(request, repeating).stream())
            .toList();
    releaseDropped();
    heardAll =
        inner.heardAll()
            && asked.keySet().stream()
                .allMatch(id -> asked.get(id).isPresent() || prosumers.get(id).dropped());
    listener.requested(number, requests);
    deliver(operator.answer(number, requests, accuracy()), repeating);
    listener.priced(number, () -> prosumers.keySet().stream().map(operator::prices).toList());
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

  // Where offers hardly move although they are far from what is asked, the envelope’s price has
  // far to go, and a larger weight takes it there (method, section 7, step 6). Otherwise the nested
  // rounds, which have no proof of convergence, give way to the single sweep, which has (7.1).
  private void guard(Round done) {
    sinceReference++;
    if (done.mismatchKw() <= reference / 2) {
      reference = done.mismatchKw();
      sinceReference = 0;
      return;
    }
    if (sinceReference < PATIENCE) {
      return;
    }
    sinceReference = 0;
    double pull = 2 * terms.envelopeWeight() * done.envelopeMismatchKw() / 1000;
    double movement = done.envelopeMovementPerKwh();
    boolean tooLight = pull > UNBALANCED * movement;
    boolean tooHeavy = movement > UNBALANCED * pull && weightChanges > 0;
    if ((tooLight || tooHeavy) && weightChanges < MOST_WEIGHT_CHANGES) {
      weightChanges++;
      double factor = tooLight ? WEIGHT_FACTOR : 1 / WEIGHT_FACTOR;
      continueBy(terms.withEnvelopeWeight(factor * terms.envelopeWeight()));
      listener.reweighted(number, terms.envelopeWeight());
    } else if (!terms.singleSweep()) {
      continueBy(terms.asSingleSweep());
      listener.singleSweep(number);
    }
  }

  private void continueBy(Terms next) {
    terms = next;
    operator.continueBy(next);
    prosumers.values().forEach(prosumer -> prosumer.continueBy(next));
  }

  private void deliver(List<Offer> made, boolean repeating) {
    for (Offer offer : made) {
      post.send(offer, repeating).ifPresent(prosumers.get(offer.to())::receive);
    }
  }

  private <T> Map<ProsumerId, Optional<T>> ask(Function<ProsumerParty, Optional<T>> question) {
    return Parallel.forEach(
        List.copyOf(prosumers.keySet()), id -> question.apply(prosumers.get(id)), workers);
  }

  private void releaseDropped() {
    for (ProsumerParty prosumer : prosumers.values()) {
      if (prosumer.dropped()) {
        operator.leaveAtDefault(prosumer.id());
      }
    }
    inner.withdrawDropped();
  }

  /**
   * The lower bound on what all pay together at the present prices (method, section 8); empty when
   * somebody did not tell its share.
   */
  OptionalDouble lowerBound() {
    double bound = 0;
    for (Optional<Report> share :
        this.<Report>ask(prosumer -> prosumer.lowerBound(number)).values()) {
      if (share.isEmpty()) {
        return OptionalDouble.empty();
      }
      bound += post.carry(share.get()).lower();
    }
    return OptionalDouble.of(
        bound
            + post.carry(operator.lowerBound(number)).lower()
            + post.carry(market.lowerBound(number)).lower());
  }
}
