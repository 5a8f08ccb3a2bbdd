package ndoe.controller.agent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import ndoe.controller.message.Offer;
import ndoe.controller.message.ProsumerParty;
import ndoe.controller.message.Report;
import ndoe.controller.message.Request;
import ndoe.controller.message.Terms;
import ndoe.controller.message.TradeAnswer;
import ndoe.controller.message.TradeRequest;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * A prosumer in another process. It has a deadline for every answer; after a few that it missed in
 * a row, or that could not be, it is dropped.
 */
final class DistantProsumer implements ProsumerParty {
  /**
   * Answers in a row that may be missed, while what was said before counts (method, section 10).
   */
  private static final int MOST_MISSED = 3;

  private static final String PROPOSAL = "propose";

  /** Characters of a reason that is sent. */
  private static final int LONGEST_REASON = 120;

  private final ProsumerId id;
  private final Conversation conversation;
  private final AgentTimings timings;
  private final Supplier<Deadline> roundsEnd;
  private final IntFunction<Deadline> roundEnd;
  private final BiConsumer<ProsumerId, String> onDropped;
  private OptionalLong cleared = OptionalLong.empty();
  private final Map<String, Integer> missed = new HashMap<>();
  private volatile boolean dropped;

  DistantProsumer(
      ProsumerId id,
      Conversation conversation,
      AgentTimings timings,
      Supplier<Deadline> roundsEnd,
      IntFunction<Deadline> roundEnd,
      BiConsumer<ProsumerId, String> onDropped) {
    this.id = id;
    this.conversation = conversation;
    this.timings = timings;
    this.roundsEnd = roundsEnd;
    this.roundEnd = roundEnd;
    this.onDropped = onDropped;
  }

  @Override
  public ProsumerId id() {
    return id;
  }

  @Override
  public boolean dropped() {
    return dropped;
  }

  /** Whether it comes to the table by these parameters; dropped if not. */
  void join(Parameters parameters, Deadline deadline) {
    long opening = conversation.say(new Command.Opening(parameters));
    Conversation.Outcome outcome = conversation.answer(opening, deadline);
    if (outcome.answer().isEmpty()) {
      drop("did not join: " + outcome.objection());
    }
  }

  @Override
  public Optional<TradeRequest> propose(int round, int cycle, double accuracy) {
    return ask(new Command.Propose(round, cycle, accuracy), exchangeEnd(round))
        .map(answer -> ((Answer.Wishes) answer).request());
  }

  @Override
  public void receive(TradeAnswer answer) {
    if (!dropped) {
      cleared = OptionalLong.of(conversation.say(new Command.Cleared(answer)));
    }
  }

  /** Whoever missed this cycle’s question already is not waited for again. */
  @Override
  public Optional<Report> report(int round) {
    if (dropped || missed.getOrDefault(PROPOSAL, 0) > 0 || cleared.isEmpty()) {
      return Optional.empty();
    }
    return noted("report", conversation.answer(cleared.getAsLong(), exchangeEnd(round)))
        .map(answer -> ((Answer.Reported) answer).report())
        .map(
            said ->
                new Report(
                    round,
                    id.value(),
                    said.mismatchKw(),
                    said.movementPerKwh(),
                    said.cost(),
                    Double.NaN));
  }

  @Override
  public Optional<Request> request(int round) {
    return ask(new Command.Respond(round), exchangeEnd(round))
        .map(answer -> ((Answer.Responded) answer).request());
  }

  @Override
  public void receive(Offer offer) {
    if (!dropped) {
      conversation.say(new Command.Offered(offer));
    }
  }

  @Override
  public void continueBy(Terms terms) {
    if (!dropped) {
      conversation.say(new Command.NewTerms(terms));
    }
  }

  @Override
  public Optional<Report> lowerBound(int round) {
    return ask(new Command.Bound(round), Deadline.in(timings.exchange()).orEarlier(roundsEnd.get()))
        .map(answer -> ((Answer.Reported) answer).report());
  }

  /** Its plan; dropped if it does not tell in time. */
  Optional<Answer.Planned> plan(
      List<OperatingEnvelope> envelopes, Profile purchaseKw, Deadline deadline) {
    if (dropped) {
      return Optional.empty();
    }
    long settle = conversation.say(new Command.Settle(envelopes, purchaseKw));
    Conversation.Outcome outcome = conversation.answer(settle, deadline);
    if (outcome.answer().isEmpty()) {
      drop("did not plan: " + outcome.objection());
    }
    return outcome.answer().map(answer -> (Answer.Planned) answer);
  }

  /** Whether it has heard of the envelope it has from now on. */
  boolean publish(List<OperatingEnvelope> envelopes, boolean certified, Deadline deadline) {
    if (dropped) {
      return false;
    }
    long published = conversation.say(new Command.Publish(envelopes, certified));
    return conversation.answer(published, deadline).answer().isPresent();
  }

  private Optional<Answer> ask(Command question, Deadline deadline) {
    if (dropped || roundsEnd.get().passed()) {
      return Optional.empty();
    }
    return noted(question.kind(), conversation.answer(conversation.say(question), deadline));
  }

  private Deadline exchangeEnd(int round) {
    return Deadline.in(timings.exchange())
        .orEarlier(roundEnd.apply(round))
        .orEarlier(roundsEnd.get());
  }

  private Optional<Answer> noted(String kind, Conversation.Outcome outcome) {
    if (outcome.answer().isPresent()) {
      missed.remove(kind);
    } else if (!roundsEnd.get().passed() && missed.merge(kind, 1, Integer::sum) > MOST_MISSED) {
      drop(outcome.objection());
    }
    return outcome.answer();
  }

  private void drop(String reason) {
    dropped = true;
    onDropped.accept(id, reason);
    conversation.dismiss(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
  }

  void close() {
    conversation.close();
  }
}
