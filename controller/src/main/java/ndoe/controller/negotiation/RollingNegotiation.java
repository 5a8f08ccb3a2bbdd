package ndoe.controller.negotiation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import ndoe.controller.message.HorizonShift;
import ndoe.controller.message.Post;
import ndoe.controller.program.ConvexSolver;
import ndoe.cosim.validation.AcValidator;
import ndoe.feeders.Horizon;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/**
 * Negotiates what is left of the day again and again, everybody from where it stood the last time
 * (method, 12.1). Used by one thread at a time.
 */
public final class RollingNegotiation {
  private final Scenario day;
  private final ConvexSolver solver;
  private final AcValidator judge;
  private final Settings settings;
  private final boolean warm;
  private Optional<Standing> standing;

  private RollingNegotiation(
      Scenario day,
      ConvexSolver solver,
      AcValidator judge,
      Settings settings,
      boolean warm,
      Optional<Standing> standing) {
    this.day = day;
    this.solver = solver;
    this.judge = judge;
    this.settings = settings;
    this.warm = warm;
    this.standing = standing;
  }

  /**
   * Goes on after the negotiation of the whole day.
   *
   * @param first has agreed, with everybody in this process; else the first renewal starts cold
   */
  public static RollingNegotiation after(
      Negotiation first, Scenario day, ConvexSolver solver, AcValidator judge, Settings settings) {
    return new RollingNegotiation(day, solver, judge, settings, true, first.standing());
  }

  /** Begins with a first negotiation of its own, cold; the later ones go on from it. */
  public static RollingNegotiation starting(
      Scenario day, ConvexSolver solver, AcValidator judge, Settings settings) {
    return new RollingNegotiation(day, solver, judge, settings, true, Optional.empty());
  }

  /** Starts from nothing each time, for comparison. */
  public static RollingNegotiation cold(
      Scenario day, ConvexSolver solver, AcValidator judge, Settings settings) {
    return new RollingNegotiation(day, solver, judge, settings, false, Optional.empty());
  }

  /** Whether the next renewal goes on from where everybody stands. */
  public boolean isWarm() {
    return standing.isPresent();
  }

  /**
   * Agrees about the intervals that are left.
   *
   * @param from the first of them
   * @param energy what storages hold when it begins, measured or foreseen
   * @param measuredOverExpected generation now over what was expected of it, by prosumer
   * @return of a horizon that begins with that interval; certified unless it says otherwise
   */
  public Agreement renew(
      int from,
      StoredEnergy energy,
      Map<ProsumerId, Double> measuredOverExpected,
      NegotiationListener listener) {
    Scenario left = RemainingDay.of(day, from, measuredOverExpected);
    try (Negotiation negotiation =
        new Negotiation(
            Participants.of(left).startingFrom(energy),
            solver,
            judge,
            settings,
            new Post(),
            listener)) {
      Agreement agreement =
          standing.isPresent()
              ? negotiation.renew(standing.get(), shift(standing.get().horizon(), left.horizon()))
              : negotiation.agree(Case.NDOE);
      standing = warm ? negotiation.standing() : Optional.empty();
      return agreement;
    }
  }

  private static HorizonShift shift(Horizon before, Horizon now) {
    long minutes = Duration.between(before.start(), now.start()).toMinutes();
    return new HorizonShift(
        Math.toIntExact(minutes / now.intervalMinutes()), before.intervals(), now.intervals());
  }
}
