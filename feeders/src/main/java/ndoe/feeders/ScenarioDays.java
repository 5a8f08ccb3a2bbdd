package ndoe.feeders;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import ndoe.feeders.ProsumerSite.Generator;

/**
 * The days a run lasts, one after another, each a scenario of its own with its own weather and
 * past. Only what storages hold passes from one to the next.
 */
public record ScenarioDays(List<Scenario> days) {
  private static final int HOURS_PER_DAY = 24;

  public ScenarioDays {
    days = List.copyOf(days);
  }

  /**
   * The day of a scenario and those that follow it.
   *
   * @param first as read from its file
   * @param count of days, ≥ 1; more than one only where the horizon is a whole day
   * @throws InvalidInputException if the profiles end before, or the horizon is not a day
   */
  public static ScenarioDays of(Scenario first, int count) {
    Horizon horizon = first.horizon();
    if (count > 1 && horizon.intervals() * horizon.intervalHours() != HOURS_PER_DAY) {
      throw new InvalidInputException(
          List.of(
              new InvalidInputException.Problem(
                  first.file(),
                  0,
                  "horizon.intervals",
                  "found %d of %d minutes; allowed for a run of %d days are the intervals of one day"
                      .formatted(horizon.intervals(), horizon.intervalMinutes(), count))));
    }
    List<Scenario> days = new ArrayList<>(List.of(first));
    if (count > 1) {
      // The last first: it tells at once whether the profiles end before.
      Scenario last = ScenarioFile.readLater(first.file(), count - 1);
      for (int later = 1; later < count - 1; later++) {
        days.add(ScenarioFile.readLater(first.file(), later));
      }
      days.add(last);
    }
    return new ScenarioDays(days);
  }

  private Scenario first() {
    return days.get(0);
  }

  private int perDay() {
    return first().horizon().intervals();
  }

  /** The day an interval of the run belongs to. */
  public Scenario dayOf(int interval) {
    return days.get(interval / perDay());
  }

  /** Which interval of its day an interval of the run is. */
  public int withinDay(int interval) {
    return interval % perDay();
  }

  /** All days as one scenario, for those who live through them; what is expected is left out. */
  public Scenario whole() {
    if (days.size() == 1) {
      return first();
    }
    Horizon day = first().horizon();
    Tariff tariff = first().tariff();
    return new Scenario(
        first().file(),
        first().namedFiles(),
        first().name(),
        first().description(),
        first().feeder(),
        numbered(first().passiveLoads(), this::load),
        new Horizon(day.start(), day.intervalMinutes(), days.size() * day.intervals()),
        first().seed(),
        new Tariff(
            tariff.currency(),
            joined(scenario -> scenario.tariff().retailBuyPerKwh()),
            joined(scenario -> scenario.tariff().retailSellPerKwh()),
            tariff.realtimeBuyFactor(),
            tariff.realtimeSellFactor()),
        first().tradeLinks(),
        first().operator(),
        first().uncertainty(),
        numbered(first().prosumers(), this::site));
  }

  private interface Numbered<T> {
    T of(int number);
  }

  private static <T> List<T> numbered(List<T> like, Numbered<T> made) {
    List<T> all = new ArrayList<>();
    for (int number = 0; number < like.size(); number++) {
      all.add(made.of(number));
    }
    return all;
  }

  private Profile joined(Function<Scenario, Profile> part) {
    return Profile.joined(days.stream().map(part).toList());
  }

  private PassiveLoad load(int number) {
    PassiveLoad like = first().passiveLoads().get(number);
    return new PassiveLoad(
        like.name(),
        like.bus(),
        joined(day -> day.passiveLoads().get(number).activePowerKw()),
        joined(day -> day.passiveLoads().get(number).reactivePowerKvar()));
  }

  private ProsumerSite site(int number) {
    ProsumerSite like = first().prosumers().get(number);
    return new ProsumerSite(
        like.connectionPoint(),
        joined(day -> day.prosumers().get(number).loadKw()),
        generator(like.pv(), day -> day.prosumers().get(number).pv()),
        generator(like.wind(), day -> day.prosumers().get(number).wind()),
        like.battery(),
        like.vehicle(),
        like.microTurbine(),
        like.flexibleLoadFraction(),
        like.shedPricePerKwh(),
        like.curtailmentPricePerKwh(),
        List.of());
  }

  private Optional<Generator> generator(
      Optional<Generator> like, Function<Scenario, Optional<Generator>> part) {
    return like.map(
        generator ->
            new Generator(
                generator.peakKw(),
                joined(day -> part.apply(day).orElseThrow().availablePowerKw())));
  }
}
