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
    return scenario.named(NAME, NAME).withTradeLinks(List.of()).withProsumers(sites);
  }

  private static ProsumerSite renamed(ProsumerSite site) {
    ConnectionPoint point = site.connectionPoint();
    BusId bus = point.bus();
    return site.withConnectionPoint(
        new ConnectionPoint(
            new ProsumerId(bus + NAME),
            bus,
            point.tanPhi(),
            point.importCapacityKw(),
            point.exportCapacityKw(),
            point.defaultEnvelope()));
  }
}
