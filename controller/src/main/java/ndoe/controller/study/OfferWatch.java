package ndoe.controller.study;

import java.util.ArrayList;
import java.util.List;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Round;

/**
 * Looks at every round and tries the offers that would count if it were the last (method, 17.10).
 */
final class OfferWatch implements NegotiationListener {
  private final OfferSafety safety;
  private final List<Seen> seen = new ArrayList<>();
  private Round latest;
  private int linear;
  private int ac;

  /** One round with what its offers break. */
  record Seen(Round round, int linearViolations, int acViolations) {}

  OfferWatch(OfferSafety safety) {
    this.safety = safety;
  }

  @Override
  public void round(Round round) {
    latest = round;
  }

  @Override
  public void offered(int round, OperatorDecision decision) {
    int onLinear = safety.linearViolations(decision);
    int onAc = safety.acViolations(decision);
    linear += onLinear;
    ac += onAc;
    if (round > 0) {
      seen.add(new Seen(latest, onLinear, onAc));
    }
  }

  List<Seen> rounds() {
    return seen;
  }

  /** Of all offers, the opening included. */
  int linearViolations() {
    return linear;
  }

  int acViolations() {
    return ac;
  }
}
