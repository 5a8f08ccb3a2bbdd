package ndoe.controller.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import ndoe.controller.dso.EnvelopePrices;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.journal.RoundRow;
import ndoe.controller.message.EnvelopePosition;
import ndoe.controller.message.Request;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Round;
import ndoe.feeders.ProsumerId;

/** Puts a negotiation on the page, round by round; belongs to the thread that negotiates. */
final class HeardNegotiation implements NegotiationListener {
  private final PageDesk desk;
  private final RoundBook book;
  private final Map<ProsumerId, EnvelopePosition> requests = new HashMap<>();
  private List<EnvelopePrices> prices = List.of();
  private Optional<Round> done = Optional.empty();

  HeardNegotiation(PageDesk desk, RoundBook book) {
    this.desk = desk;
    this.book = book;
  }

  @Override
  public void requested(int round, List<Request> heard) {
    heard.forEach(request -> requests.put(request.from(), request.position()));
  }

  @Override
  public void priced(int round, Supplier<List<EnvelopePrices>> now) {
    prices = now.get();
  }

  @Override
  public void round(Round round) {
    done = Optional.of(round);
  }

  @Override
  public void offered(int round, OperatorDecision decision) {
    if (round == 0 || done.isEmpty()) {
      book.clear();
      desk.tell(
          state -> state.negotiationBegins(state.interval(decision.envelopes().horizon().start())));
      return;
    }
    RoundBook.Page page = new RoundBook.Page(round, decision.envelopes(), requests, prices);
    ObjectNode figures = figures(done.get());
    desk.tell(state -> state.round(figures, book.add(page)));
  }

  @Override
  public void singleSweep(int round) {
    desk.tell(state -> state.phase("negotiates", "in the mode that is proven to converge"));
  }

  @Override
  public void shrinkTried(double factor, boolean certified) {
    desk.tell(
        state ->
            state.phase(
                "judges",
                "all envelopes times %.4f: %s"
                    .formatted(factor, certified ? "secure" : "not secure")));
  }

  private static ObjectNode figures(Round round) {
    return Json.object()
        .put("n", round.number())
        .put("pass", round.feedbackPass())
        .put("cycles", round.cycles())
        .put("envelope", Json.fine(round.envelopeMismatchKw()))
        .put("balance", Json.fine(round.balanceMismatchKw()))
        .put("move", Json.fine(round.movementPerKwh()))
        .put("objective", Json.kw(round.objective()))
        .put("single", round.singleSweep())
        .put("messages", round.messages())
        .put("bytes", round.payloadBytes())
        .put("seconds", Json.kw(round.elapsed().toNanos() / 1e9));
  }

  /** The same of what a run folder keeps. */
  static ObjectNode figures(RoundRow row) {
    return Json.object()
        .put("n", row.round())
        .put("pass", row.feedbackPass())
        .put("cycles", row.cycles())
        .put("envelope", Json.fine(row.envelopeMismatchKw()))
        .put("balance", Json.fine(row.balanceMismatchKw()))
        .put("move", Json.fine(Math.max(row.envelopeMovementPerKwh(), row.tradeMovementPerKwh())))
        .put("objective", Json.kw(row.objective()))
        .put("single", row.mode().equals("single-sweep"))
        .put("messages", row.messages())
        .put("bytes", row.payloadBytes())
        .put("seconds", Json.kw(row.elapsed().toNanos() / 1e9));
  }
}
