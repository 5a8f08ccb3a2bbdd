package ndoe.controller.report;

import java.util.List;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;

/** A scenario whose names would break a page that does not escape them. */
public final class OddNames {
  static final String NAME = "</script><b>x & 'y' \"z\" <!-- \u2028";

  private OddNames() {}

  public static Scenario in(Scenario scenario) {
    List<ProsumerSite> sites =
        scenario.prosumers().stream().limit(2).map(OddNames::renamed).toList();
    return new Scenario(
        scenario.file(),
        scenario.namedFiles(),
        NAME,
        NAME,
        scenario.feeder(),
        scenario.passiveLoads(),
        scenario.horizon(),
        scenario.seed(),
        scenario.tariff(),
        List.of(),
        scenario.operator(),
        scenario.uncertainty(),
        sites);
  }

  private static ProsumerSite renamed(ProsumerSite site) {
    ConnectionPoint point = site.connectionPoint();
    BusId bus = point.bus();
    return new ProsumerSite(
        new ConnectionPoint(
            new ProsumerId(bus + NAME),
            bus,
            point.tanPhi(),
            point.importCapacityKw(),
            point.exportCapacityKw(),
            point.defaultEnvelope()),
        site.loadKw(),
        site.pv(),
        site.wind(),
        site.battery(),
        site.vehicle(),
        site.microTurbine(),
        site.flexibleLoadFraction(),
        site.shedPricePerKwh(),
        site.curtailmentPricePerKwh(),
        site.generationHistoryKw());
  }
}
