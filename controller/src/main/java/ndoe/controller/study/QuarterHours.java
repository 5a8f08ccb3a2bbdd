package ndoe.controller.study;

import java.util.Optional;
import ndoe.feeders.Horizon;
import ndoe.feeders.PassiveLoad;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.ProsumerSite.Generator;
import ndoe.feeders.Scenario;
import ndoe.feeders.Tariff;
import ndoe.feeders.Uncertainty;

/**
 * A scenario with every interval cut into four that hold its values: programs as large as those of
 * quarter-hourly data.
 */
final class QuarterHours {
  private static final int PARTS = 4;

  private QuarterHours() {}

  /** The scenario cut up, with this many samples. */
  static Scenario of(Scenario scenario, int samples) {
    Horizon horizon = scenario.horizon();
    Tariff tariff = scenario.tariff();
    Uncertainty uncertainty = scenario.uncertainty();
    return new Scenario(
        scenario.file(),
        scenario.namedFiles(),
        scenario.name(),
        scenario.description(),
        scenario.feeder(),
        scenario.passiveLoads().stream().map(QuarterHours::cut).toList(),
        new Horizon(
            horizon.start(), horizon.intervalMinutes() / PARTS, PARTS * horizon.intervals()),
        scenario.seed(),
        new Tariff(
            tariff.currency(),
            cut(tariff.retailBuyPerKwh()),
            cut(tariff.retailSellPerKwh()),
            tariff.realtimeBuyFactor(),
            tariff.realtimeSellFactor()),
        scenario.tradeLinks(),
        scenario.operator(),
        new Uncertainty(
            uncertainty.historyDays(),
            samples,
            uncertainty.distance(),
            uncertainty.radius(),
            uncertainty.confidence()),
        scenario.prosumers().stream().map(QuarterHours::cut).toList());
  }

  private static PassiveLoad cut(PassiveLoad load) {
    return new PassiveLoad(
        load.name(), load.bus(), cut(load.activePowerKw()), cut(load.reactivePowerKvar()));
  }

  private static ProsumerSite cut(ProsumerSite site) {
    return new ProsumerSite(
        site.connectionPoint(),
        cut(site.loadKw()),
        cut(site.pv()),
        cut(site.wind()),
        site.battery(),
        site.vehicle(),
        site.microTurbine(),
        site.flexibleLoadFraction(),
        site.shedPricePerKwh(),
        site.curtailmentPricePerKwh(),
        site.generationHistoryKw().stream().map(QuarterHours::cut).toList());
  }

  private static Optional<Generator> cut(Optional<Generator> generator) {
    return generator.map(g -> new Generator(g.peakKw(), cut(g.availablePowerKw())));
  }

  private static Profile cut(Profile profile) {
    return Profile.generate(PARTS * profile.intervals(), t -> profile.at(t / PARTS));
  }
}
