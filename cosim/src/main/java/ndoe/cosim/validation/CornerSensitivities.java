package ndoe.cosim.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.cosim.powerflow.Response;
import ndoe.cosim.powerflow.ResponsivePowerFlow;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;

/**
 * How the network answers to a little more power at each place where somebody is connected, around
 * both corners of the envelopes: central differences of the AC solution.
 */
public final class CornerSensitivities {
  /** What is added and taken away at a node, fraction of the largest connection. */
  private static final double STEP = 0.02;

  private final Function<Feeder, ? extends ResponsivePowerFlow> engine;
  private final int threads;

  public CornerSensitivities(Function<Feeder, ? extends ResponsivePowerFlow> engine, int threads) {
    this.engine = engine;
    this.threads = threads;
  }

  /**
   * Around one state.
   *
   * @param response of the state itself
   * @param places positions in {@link Feeder#buses()} that power was changed at; those that always
   *     share it together are one place
   * @param injectedMw at each place in the state, likewise {@code injectedMvar}
   * @param perMw change of the response per MW injected at each place
   * @param perMvar change of the response per Mvar injected at each place
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Sensitivity(
      Response response,
      int[][] places,
      double[] injectedMw,
      double[] injectedMvar,
      Response[] perMw,
      Response[] perMvar) {}

  /** Around both corners of an interval; empty where there is no solution. */
  public record Corners(Optional<Sensitivity> atImport, Optional<Sensitivity> atExport) {}

  /** By interval. */
  public List<Corners> of(SecurityCase securityCase) {
    EnvelopePoints points = new EnvelopePoints(securityCase, 0);
    FeederUse use = securityCase.use();
    int[][] places = places(securityCase);
    double stepKw = stepKw(securityCase);
    return new IntervalWork(() -> engine.apply(securityCase.feeder()), threads, points.intervals())
        .run(
            (interval, powerFlow) ->
                new Corners(
                    around(
                        points.importCorner(interval).netImportKw(),
                        interval,
                        use,
                        powerFlow,
                        places,
                        stepKw),
                    around(
                        points.exportCorner(interval).netImportKw(),
                        interval,
                        use,
                        powerFlow,
                        places,
                        stepKw)),
            done -> {});
  }

  private static double stepKw(SecurityCase securityCase) {
    return STEP
        * securityCase.connectionPoints().stream()
            .mapToDouble(point -> Math.max(point.importCapacityKw(), point.exportCapacityKw()))
            .filter(capacityKw -> capacityKw > 0)
            .max()
            .orElse(1);
  }

  private static int[][] places(SecurityCase securityCase) {
    List<BusId> connected = new ArrayList<>();
    securityCase.connectionPoints().stream().map(ConnectionPoint::bus).forEach(connected::add);
    securityCase.assets().forEach(asset -> connected.add(asset.bus()));
    securityCase.passiveLoads().forEach(load -> connected.add(load.bus()));
    Map<Integer, Set<BusId>> usersOf = new TreeMap<>();
    for (BusId bus : connected) {
      for (int node : securityCase.feeder().requireAt(bus, "a load")) {
        usersOf.computeIfAbsent(node, any -> new HashSet<>()).add(bus);
      }
    }
    Map<Set<BusId>, List<Integer>> together = new LinkedHashMap<>();
    usersOf.forEach(
        (node, users) -> together.computeIfAbsent(users, any -> new ArrayList<>()).add(node));
    return together.values().stream()
        .map(nodes -> nodes.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private static Optional<Sensitivity> around(
      double[] netImportKw,
      int interval,
      FeederUse use,
      PowerFlow powerFlow,
      int[][] places,
      double stepKw) {
    ResponsivePowerFlow responsive = (ResponsivePowerFlow) powerFlow;
    Injections injections = use.injections();
    use.put(interval, netImportKw, injections);
    responsive.expect(Arrays.stream(places).flatMapToInt(IntStream::of).toArray());
    Response base = responsive.respond(injections);
    if (!base.converged()) {
      return Optional.empty();
    }
    Response[] perMw = new Response[places.length];
    Response[] perMvar = new Response[places.length];
    for (int each = 0; each < places.length; each++) {
      perMw[each] = slope(responsive, injections, places[each], stepKw, 0);
      perMvar[each] = slope(responsive, injections, places[each], 0, stepKw);
      if (!perMw[each].converged() || !perMvar[each].converged()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Sensitivity(
            base,
            places,
            megawatts(places, injections::activePowerKw),
            megawatts(places, injections::reactivePowerKvar),
            perMw,
            perMvar));
  }

  private static double[] megawatts(int[][] places, IntToDoubleFunction kilowatts) {
    return Arrays.stream(places)
        .mapToDouble(nodes -> IntStream.of(nodes).mapToDouble(kilowatts).sum() / 1000)
        .toArray();
  }

  private static Response slope(
      ResponsivePowerFlow powerFlow, Injections around, int[] place, double kw, double kvar) {
    Injections changed = new Injections(around.buses());
    changed.set(around);
    changed.share(place, kw, kvar);
    Response more = powerFlow.respond(changed);
    changed.set(around);
    changed.share(place, -kw, -kvar);
    Response less = powerFlow.respond(changed);
    if (!more.converged() || !less.converged()) {
      return Response.NONE;
    }
    double perMega = 1000 / (2 * (kw + kvar));
    return new Response(
        true,
        slope(more.squaredVoltagesPu(), less.squaredVoltagesPu(), perMega),
        slope(more.realMva(), less.realMva(), perMega),
        slope(more.imaginaryMva(), less.imaginaryMva(), perMega),
        slope(more.lossesMw(), less.lossesMw(), perMega));
  }

  private static double[] slope(double[] more, double[] less, double perMega) {
    double[] slope = new double[more.length];
    Arrays.setAll(slope, i -> (more[i] - less[i]) * perMega);
    return slope;
  }
}
