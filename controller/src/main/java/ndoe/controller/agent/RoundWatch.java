package ndoe.controller.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.negotiation.Bounds;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Round;
import ndoe.controller.prosumer.ProsumerPlan;

/**
 * Looks at every round of a negotiation: a round takes from its first question to the operator’s
 * next offer, and looking at that is not part of it.
 */
final class RoundWatch implements NegotiationListener {
  private final String negotiation;
  private final Waiting waiting;
  private final AgentTimings timings;
  private final Function<OperatorDecision, Safety> judge;
  private final List<RehearsalResult.LateRound> late = new ArrayList<>();
  private int rounds;
  private int good;
  private int safeAsOffered;
  private int safeShrunk;
  private boolean inTime;
  private Duration longest = Duration.ZERO;

  /** What the judge says of offers. */
  enum Safety {
    AS_OFFERED,
    SHRUNK,
    NONE
  }

  RoundWatch(
      String negotiation,
      Waiting waiting,
      AgentTimings timings,
      Function<OperatorDecision, Safety> judge) {
    this.negotiation = negotiation;
    this.waiting = waiting;
    this.timings = timings;
    this.judge = judge;
  }

  @Override
  public void round(Round round) {
    Waiting.Look look = waiting.look();
    rounds++;
    inTime = look.took().compareTo(timings.round()) <= 0;
    longest = look.took().compareTo(longest) > 0 ? look.took() : longest;
    if (!inTime) {
      late.add(
          new RehearsalResult.LateRound(
              negotiation + ", round " + round.number(),
              look.took(),
              look.waited(),
              look.longestFor()));
    }
  }

  @Override
  public void offered(int round, OperatorDecision decision) {
    if (round > 0) {
      Safety safety = judge.apply(decision);
      safeAsOffered += safety == Safety.AS_OFFERED ? 1 : 0;
      safeShrunk += safety == Safety.SHRUNK ? 1 : 0;
      good += inTime && safety != Safety.NONE ? 1 : 0;
    }
    beginAnew();
  }

  @Override
  public void agreementChecked(int pass, double marginChange, boolean secure) {
    beginAnew();
  }

  @Override
  public void prosumerPlanned(ProsumerPlan plan) {
    beginAnew();
  }

  @Override
  public void bounded(Bounds bounds) {
    beginAnew();
  }

  /** What was asked until now, to join or to plan, was in no round. */
  private void beginAnew() {
    var unused = waiting.look();
  }

  RehearsalResult.Rounds seen() {
    return new RehearsalResult.Rounds(rounds, good, safeAsOffered, safeShrunk, longest, late);
  }
}
