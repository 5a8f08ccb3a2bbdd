package ndoe.controller.study;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.ProsumerSite.ElectricVehicle;
import ndoe.feeders.ProsumerSite.Generator;
import ndoe.feeders.ProsumerSite.MicroTurbine;
import ndoe.feeders.Scenario;
import ndoe.feeders.StorageRating;
import ndoe.feeders.TradeLink;

/**
 * A scenario with another number of prosumers, so that effort can be measured against it: the sites
 * of the original over and over with sizes a little different, placed round robin on the feeder’s
 * buses, together about as large as the original’s.
 */
public final class ScaledScenario {
  /** All sizes together, of the original’s. */
  private static final double TOTAL = 1.1;

  /** Sites differ from their original by at most this fraction. */
  private static final double SPREAD = 0.2;

  /** Trading partners of everybody, half of them on each side in a ring. */
  private static final int PARTNERS = 4;

  private final Scenario original;
  private final int prosumers;
  private final SplittableRandom random;

  private ScaledScenario(Scenario original, int prosumers) {
    this.original = original;
    this.prosumers = prosumers;
    this.random = new SplittableRandom(original.seed());
  }

  /**
   * A scenario with this many prosumers, the same one every time.
   *
   * @param prosumers at least 1
   */
  public static Scenario of(Scenario original, int prosumers) {
    if (prosumers < 1) {
      throw new IllegalArgumentException("prosumers must be at least 1: " + prosumers);
    }
    return new ScaledScenario(original, prosumers).scenario();
  }

  private Scenario scenario() {
    List<ProsumerSite> sites = sites();
    return original
        .named(
            original.name() + "-" + prosumers,
            original.description() + ", with " + prosumers + " prosumers")
        .withTradeLinks(ring(sites))
        .withProsumers(sites);
  }

  private List<ProsumerSite> sites() {
    List<ProsumerSite> originals = original.prosumers();
    List<BusId> buses = original.feeder().buses();
    double[] sizes = new double[prosumers];
    double[] perOriginal = new double[originals.size()];
    for (int n = 0; n < prosumers; n++) {
      sizes[n] = 1 + SPREAD * (2 * random.nextDouble() - 1);
      perOriginal[n % originals.size()] += sizes[n];
    }
    int used = Math.min(prosumers, originals.size());
    List<ProsumerSite> sites = new ArrayList<>();
    for (int n = 0; n < prosumers; n++) {
      int of = n % originals.size();
      double size = TOTAL * sizes[n] / perOriginal[of] * originals.size() / used;
      // Without the substation's bus; a step that shares no factor with the number of the others
      // visits all of them before it comes back to the first.
      BusId bus = buses.get(1 + (n * step(buses.size() - 1)) % (buses.size() - 1));
      sites.add(scaled(originals.get(of), new ProsumerId("N" + (n + 1)), bus, size));
    }
    return sites;
  }

  private static int step(int buses) {
    int step = Math.max(1, (int) (0.618 * buses));
    while (greatestCommonDivisor(step, buses) > 1) {
      step--;
    }
    return step;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  private static ProsumerSite scaled(ProsumerSite site, ProsumerId id, BusId bus, double size) {
    ConnectionPoint point = site.connectionPoint();
    OperatingEnvelope atLeast = point.defaultEnvelope();
    return new ProsumerSite(
        new ConnectionPoint(
            id,
            bus,
            point.tanPhi(),
            size * point.importCapacityKw(),
            size * point.exportCapacityKw(),
            new OperatingEnvelope(size * atLeast.importLimitKw(), size * atLeast.exportLimitKw())),
        site.loadKw().times(size),
        site.pv().map(pv -> scaled(pv, size)),
        site.wind().map(wind -> scaled(wind, size)),
        site.battery().map(battery -> scaled(battery, size)),
        scaledVehicle(site.vehicle(), size),
        site.microTurbine().map(m -> new MicroTurbine(size * m.powerKw(), m.costPerKwh())),
        site.flexibleLoadFraction(),
        site.shedPricePerKwh(),
        site.curtailmentPricePerKwh(),
        site.generationHistoryKw().stream().map(day -> day.times(size)).toList());
  }

  private static Generator scaled(Generator generator, double size) {
    return new Generator(size * generator.peakKw(), generator.availablePowerKw().times(size));
  }

  private static StorageRating scaled(StorageRating rating, double size) {
    return new StorageRating(
        size * rating.powerKw(),
        size * rating.energyKwh(),
        rating.efficiency(),
        rating.socMinFraction(),
        rating.socMaxFraction(),
        rating.socInitialFraction(),
        rating.wearPerKwh());
  }

  private static Optional<ElectricVehicle> scaledVehicle(
      Optional<ElectricVehicle> vehicle, double size) {
    return vehicle.map(
        v ->
            new ElectricVehicle(
                size * v.powerKw(),
                size * v.energyKwh(),
                v.arrive(),
                v.depart(),
                size * v.requiredKwh(),
                v.unservedPricePerKwh()));
  }

  /** Everybody trades with the nearest of a ring, for the original’s mean charge. */
  private List<TradeLink> ring(List<ProsumerSite> sites) {
    double charge =
        original.tradeLinks().stream().mapToDouble(TradeLink::chargePerKwh).average().orElse(0);
    double mostKw = original.tradeLinks().stream().mapToDouble(TradeLink::limitKw).max().orElse(0);
    double limitKw = mostKw * TOTAL * original.prosumers().size() / prosumers;
    Set<Set<Integer>> seen = new LinkedHashSet<>();
    List<TradeLink> links = new ArrayList<>();
    for (int n = 0; n < sites.size(); n++) {
      for (int next = 1; next <= PARTNERS / 2; next++) {
        int other = (n + next) % sites.size();
        if (other != n && seen.add(Set.of(n, other))) {
          links.add(new TradeLink(sites.get(n).id(), sites.get(other).id(), limitKw, charge));
        }
      }
    }
    return links;
  }
}
