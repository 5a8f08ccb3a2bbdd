package ndoe.controller.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ndoe.feeders.ProsumerId;

/** What a rehearsal of negotiations over links that fail has shown. */
public record RehearsalResult(Rounds rounds, Negotiations negotiations) {

  /**
   * Its rounds.
   *
   * @param good ended by their deadline, with envelopes the judge certifies
   * @param safeAsOffered rounds whose envelopes the judge certifies as they are
   * @param safeShrunk rounds whose envelopes it certifies after shrinking them all
   * @param longest from the first question to the operator’s next offer
   * @param late those that ended after their deadline
   */
  public record Rounds(
      int seen,
      int good,
      int safeAsOffered,
      int safeShrunk,
      Duration longest,
      List<LateRound> late) {
    public Rounds {
      late = List.copyOf(late);
    }

    private Rounds plus(Rounds other) {
      List<LateRound> all = new ArrayList<>(late);
      all.addAll(other.late);
      return new Rounds(
          seen + other.seen,
          good + other.good,
          safeAsOffered + other.safeAsOffered,
          safeShrunk + other.safeShrunk,
          longest.compareTo(other.longest) > 0 ? longest : other.longest,
          all);
    }
  }

  /**
   * A round that ended after its deadline.
   *
   * @param negotiation and round, in words
   * @param waited for answers, of the time it took; the protocol ends that by its own deadline
   * @param longestFor who kept it waiting most
   */
  public record LateRound(
      String negotiation, Duration took, Duration waited, Optional<ProsumerId> longestFor) {

    /** Of the time it took: the operator’s own computing, and waiting for a processor. */
    public Duration ownTime() {
      return took.minus(waited);
    }
  }

  /**
   * Its negotiations.
   *
   * @param certified ended with a certificate
   * @param served after which everybody alive has a certified envelope and everybody dropped none
   * @param inTime ended by the overall deadline
   * @param droppedDead prosumers left at their default envelope that had died
   * @param droppedAlive prosumers left there although they lived, but did not answer in time
   * @param lost messages that never arrived
   * @param repeated messages that were sent again
   */
  public record Negotiations(
      int seen,
      int agreed,
      int certified,
      int served,
      int inTime,
      int droppedDead,
      int droppedAlive,
      long lost,
      long repeated) {
    private Negotiations plus(Negotiations other) {
      return new Negotiations(
          seen + other.seen,
          agreed + other.agreed,
          certified + other.certified,
          served + other.served,
          inTime + other.inTime,
          droppedDead + other.droppedDead,
          droppedAlive + other.droppedAlive,
          lost + other.lost,
          repeated + other.repeated);
    }

    Negotiations withLost(long messages) {
      return new Negotiations(
          seen,
          agreed,
          certified,
          served,
          inTime,
          droppedDead,
          droppedAlive,
          lost + messages,
          repeated);
    }
  }

  /** Nothing yet. */
  static final RehearsalResult NOTHING =
      new RehearsalResult(
          new Rounds(0, 0, 0, 0, Duration.ZERO, List.of()),
          new Negotiations(0, 0, 0, 0, 0, 0, 0, 0, 0));

  RehearsalResult plus(RehearsalResult other) {
    return new RehearsalResult(rounds.plus(other.rounds), negotiations.plus(other.negotiations));
  }

  /** Whether every round and every negotiation ended in time and safely. */
  public boolean flawless() {
    return rounds.good() == rounds.seen()
        && negotiations.certified() == negotiations.seen()
        && negotiations.served() == negotiations.seen()
        && negotiations.inTime() == negotiations.seen();
  }
}
