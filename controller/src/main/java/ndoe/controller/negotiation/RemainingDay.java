package ndoe.controller.negotiation;

import java.util.Map;
import java.util.function.UnaryOperator;
import ndoe.feeders.Horizon;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;

/**
 * What is left of a scenario’s day from an interval on, with every prosumer’s expectation of its
 * generation corrected by what it measures now. The correction fades: the error of a forecast for
 * the near future is like that of the present, later it is not.
 */
public final class RemainingDay {
  /** Share of the present error that is left an hour later; persistence that fades by the hour. */
  private static final double LEFT_AFTER_AN_HOUR = 0.7;

  /** A reading says no more than that it is twice what was expected. */
  private static final double LARGEST_RATIO = 2;

  private final Scenario day;
  private final int from;
  private final Map<ProsumerId, Double> measuredOverExpected;

  private RemainingDay(Scenario day, int from, Map<ProsumerId, Double> measuredOverExpected) {
    this.day = day;
    this.from = from;
    this.measuredOverExpected = measuredOverExpected;
  }

  /**
   * The scenario from an interval on.
   *
   * @param from first interval that is left, at least one must be
   * @param measuredOverExpected generation now over what was expected of it, fraction, by prosumer;
   *     1 for one that is missing
   */
  public static Scenario of(Scenario day, int from, Map<ProsumerId, Double> measuredOverExpected) {
    return new RemainingDay(day, from, measuredOverExpected).scenario();
  }

  private Scenario scenario() {
    Horizon horizon = day.horizon();
    Scenario left =
        day.over(
            new Horizon(
                horizon.startOf(from), horizon.intervalMinutes(), horizon.intervals() - from),
            profile -> profile.cut(from, profile.intervals()));
    return left.withProsumers(left.prosumers().stream().map(this::corrected).toList());
  }

  private ProsumerSite corrected(ProsumerSite site) {
    double ratio =
        Math.max(0, Math.min(LARGEST_RATIO, measuredOverExpected.getOrDefault(site.id(), 1.0)));
    UnaryOperator<Profile> corrected =
        left -> Profile.generate(left.intervals(), t -> left.at(t) * factor(ratio, t));
    return site.withGenerationHistory(site.generationHistoryKw().stream().map(corrected).toList());
  }

  private double factor(double ratio, int t) {
    double hours = (t + 1) * day.horizon().intervalHours();
    return 1 + (ratio - 1) * Math.pow(LEFT_AFTER_AN_HOUR, hours);
  }
}
