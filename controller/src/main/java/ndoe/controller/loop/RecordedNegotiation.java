package ndoe.controller.loop;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import ndoe.controller.dso.EnvelopePrices;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.journal.RoundRow;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.message.Request;
import ndoe.controller.negotiation.Bounds;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Round;
import ndoe.controller.prosumer.ProsumerPlan;

/**
 * Writes every round into the run folder and passes on what it hears. The bounds, which are asked
 * for once at the end, come with the last round.
 */
final class RecordedNegotiation implements NegotiationListener {
  private final RunFolder folder;
  private final NegotiationListener listener;
  private Optional<Round> latest = Optional.empty();

  RecordedNegotiation(RunFolder folder, NegotiationListener listener) {
    this.folder = folder;
    this.listener = listener;
  }

  @Override
  public void round(Round round) {
    latest.ifPresent(before -> write(before, Optional.empty()));
    latest = Optional.of(round);
    listener.round(round);
  }

  @Override
  public void bounded(Bounds bounds) {
    latest.ifPresent(last -> write(last, Optional.of(bounds)));
    latest = Optional.empty();
    listener.bounded(bounds);
  }

  /** Writes a last round that no bounds came for. */
  void end() {
    latest.ifPresent(last -> write(last, Optional.empty()));
    latest = Optional.empty();
  }

  private void write(Round round, Optional<Bounds> bounds) {
    folder.round(
        new RoundRow(
            round.number(),
            round.feedbackPass(),
            round.cycles(),
            round.envelopeMismatchKw(),
            round.balanceMismatchKw(),
            round.envelopeMovementPerKwh(),
            round.tradeMovementPerKwh(),
            round.objective(),
            bounds.map(b -> OptionalDouble.of(b.lower())).orElse(OptionalDouble.empty()),
            bounds.map(b -> OptionalDouble.of(b.upper())).orElse(OptionalDouble.empty()),
            round.singleSweep() ? "single-sweep" : "nested",
            round.messages(),
            round.payloadBytes(),
            round.elapsed()));
  }

  @Override
  public void feedbackPass(int pass, double marginChange, double objective) {
    listener.feedbackPass(pass, marginChange, objective);
  }

  @Override
  public void reweighted(int round, double envelopeWeight) {
    listener.reweighted(round, envelopeWeight);
  }

  @Override
  public void requested(int round, List<Request> requests) {
    listener.requested(round, requests);
  }

  @Override
  public void priced(int round, Supplier<List<EnvelopePrices>> prices) {
    listener.priced(round, prices);
  }

  @Override
  public void offered(int round, OperatorDecision decision) {
    listener.offered(round, decision);
  }

  @Override
  public void singleSweep(int round) {
    listener.singleSweep(round);
  }

  @Override
  public void agreementChecked(int pass, double marginChange, boolean secure) {
    listener.agreementChecked(pass, marginChange, secure);
  }

  @Override
  public void prosumerPlanned(ProsumerPlan plan) {
    listener.prosumerPlanned(plan);
  }

  @Override
  public void shrinkTried(double factor, boolean certified) {
    listener.shrinkTried(factor, certified);
  }
}
