package ndoe.cosim.validation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ndoe.cosim.UnbalancedDays;
import ndoe.cosim.opendss.CircuitPowerFlow;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.Response;
import ndoe.cosim.validation.CornerSensitivities.Corners;
import ndoe.cosim.validation.CornerSensitivities.Sensitivity;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.Feeder;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.PassiveLoad;
import ndoe.feeders.Profile;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;

/** The slopes at a corner against the AC network beside it. */
final class CornerSensitivitiesIT {
  private static final Scenario DAY = UnbalancedDays.of("ieee13");
  private static final Feeder FEEDER = DAY.feeder();

  /** Two intervals, in which everybody may draw and feed in this share of the capacity. */
  private static SecurityCase corners(double share, double shareInTheSecond) {
    Horizon horizon = new Horizon(LocalDateTime.of(2016, 6, 21, 12, 0), 60, 2);
    List<PointPlan> plans =
        DAY.connectionPoints().stream()
            .map(
                point ->
                    new PointPlan(
                        point.prosumer(),
                        point.bus(),
                        List.of(envelope(point, share), envelope(point, shareInTheSecond)),
                        Profile.constant(0, 2)))
            .toList();
    List<PassiveLoad> loads =
        DAY.passiveLoads().stream()
            .map(
                load ->
                    new PassiveLoad(
                        load.name(),
                        load.bus(),
                        Profile.constant(load.activePowerKw().at(12), 2),
                        Profile.constant(load.reactivePowerKvar().at(12), 2)))
            .toList();
    return new SecurityCase(
        FEEDER,
        loads,
        DAY.connectionPoints(),
        AssetSchedule.idle(DAY.operator(), 2),
        new EnvelopePlan(horizon, plans),
        List.of(),
        0,
        1);
  }

  private static OperatingEnvelope envelope(ConnectionPoint point, double share) {
    return new OperatingEnvelope(
        share * point.importCapacityKw(), share * point.exportCapacityKw());
  }

  private static List<Corners> sensitivities(SecurityCase securityCase) {
    return new CornerSensitivities(CircuitPowerFlow::new, 2).of(securityCase);
  }

  /** What everybody at the import limit injects, as the corner is meant. */
  private static Injections importCorner(SecurityCase securityCase) {
    FeederUse use =
        new FeederUse(
            FEEDER,
            securityCase.passiveLoads(),
            securityCase.connectionPoints(),
            securityCase.assets());
    Injections injections = use.injections();
    use.put(
        0,
        securityCase.connectionPoints().stream()
            .mapToDouble(
                point ->
                    securityCase
                        .envelopes()
                        .of(point.prosumer())
                        .envelopes()
                        .get(0)
                        .importLimitKw())
            .toArray(),
        injections);
    return injections;
  }

  @Test
  void predictTheNetworkBesideTheCornerToSecondOrder() {
    SecurityCase securityCase = corners(0.1, 0.1);
    Sensitivity sensitivity = sensitivities(securityCase).get(0).atImport().orElseThrow();
    for (Function<Response, double[]> quantity :
        List.<Function<Response, double[]>>of(
            Response::squaredVoltagesPu,
            Response::realMva,
            Response::imaginaryMva,
            Response::lossesMw)) {
      double far = largestError(securityCase, sensitivity, quantity, 0.16);
      double near = largestError(securityCase, sensitivity, quantity, 0.08);
      assertTrue(near > 1e-7, "too near to tell: " + near);
      assertEquals(4, far / near, 0.6);
    }
  }

  /** With this much more power at every place, MW, a third of it reactive. */
  private static double largestError(
      SecurityCase securityCase,
      Sensitivity sensitivity,
      Function<Response, double[]> quantity,
      double stepMw) {
    Injections injections = importCorner(securityCase);
    double[] predicted = quantity.apply(sensitivity.response()).clone();
    for (int place = 0; place < sensitivity.places().length; place++) {
      double mw = place % 2 == 0 ? stepMw : -stepMw / 2;
      injections.share(sensitivity.places()[place], 1000 * mw, 1000 * mw / 3);
      double[] perMw = quantity.apply(sensitivity.perMw()[place]);
      double[] perMvar = quantity.apply(sensitivity.perMvar()[place]);
      for (int i = 0; i < predicted.length; i++) {
        predicted[i] += mw * perMw[i] + mw / 3 * perMvar[i];
      }
    }
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(FEEDER)) {
      double[] found = quantity.apply(powerFlow.respond(injections));
      return IntStream.range(0, found.length)
          .mapToDouble(i -> Math.abs(found[i] - predicted[i]))
          .max()
          .orElseThrow();
    }
  }

  @Test
  void knowTheCornerItself() {
    SecurityCase securityCase = corners(0.1, 0.05);
    Sensitivity sensitivity = sensitivities(securityCase).get(0).atImport().orElseThrow();
    Injections corner = importCorner(securityCase);
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(FEEDER)) {
      powerFlow.expect(
          IntStream.range(0, FEEDER.buses().size())
              .filter(node -> corner.activePowerKw(node) != 0)
              .toArray());
      assertArrayEquals(
          powerFlow.respond(corner).squaredVoltagesPu(),
          sensitivity.response().squaredVoltagesPu(),
          1e-7);
    }
    for (int place = 0; place < sensitivity.places().length; place++) {
      double kw =
          IntStream.of(sensitivity.places()[place]).mapToDouble(corner::activePowerKw).sum();
      assertEquals(kw / 1000, sensitivity.injectedMw()[place], 1e-12);
    }
  }

  @Test
  void takeTheNodesOfEveryoneTogetherThatNobodyElseUses() {
    Sensitivity sensitivity = sensitivities(corners(0.1, 0.1)).get(0).atExport().orElseThrow();
    Map<String, Long> placesPerBus =
        Arrays.stream(sensitivity.places())
            .collect(
                Collectors.groupingBy(
                    nodes -> FEEDER.buses().get(nodes[0]).withoutPhases().value(),
                    Collectors.counting()));
    assertEquals(1, placesPerBus.get("680"));
    assertEquals(1, placesPerBus.get("652"));
    // A prosumer on three phases leaves the loads on single ones in place.
    assertEquals(3, placesPerBus.get("634"));
    assertEquals(3, placesPerBus.get("670"));
    List<Integer> all =
        Arrays.stream(sensitivity.places()).flatMapToInt(IntStream::of).boxed().toList();
    assertEquals(all.size(), all.stream().distinct().count(), "a node is in two places");
  }

  @Test
  void areMissingOnlyWhereThereIsNoSolution() {
    List<Corners> both = sensitivities(corners(30, 0.1));
    assertTrue(both.get(0).atImport().isEmpty());
    assertTrue(both.get(1).atImport().isPresent());
    assertTrue(both.get(1).atExport().isPresent());
    assertEquals(
        Collections.nCopies(2, true),
        sensitivities(corners(0, 0)).stream().map(each -> each.atImport().isPresent()).toList());
  }
}
