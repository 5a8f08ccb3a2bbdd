package ndoe.controller.peer;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.OperatorCost;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.dso.OperatorKnowledge;
import ndoe.controller.dso.OperatorProblem;
import ndoe.controller.network.LinDistFlow;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.prosumer.ProsumerKnowledge;
import ndoe.controller.prosumer.ProsumerProblem;
import ndoe.controller.uncertainty.AmbiguitySet;
import ndoe.controller.uncertainty.KMedoids;
import ndoe.controller.uncertainty.NormBall;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import ndoe.feeders.Uncertainty.Radius;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The reference day against an independent program; see the README beside its results. */
class OperatorAndProsumersPeerTest {
  private static final double COST_RELATIVE = 1e-6;
  private static final double COST_CNY = 1e-3;

  /** Published limits are rounded to whole watts, to the inside, and lose that much value. */
  private static final double ROUNDING_CNY = 0.01;

  private static final double POWER_KW = 1;
  private static final double AREA_KWH = 2;
  private static final double SAMPLE_KWH = 1e-6;
  private static final double WEIGHT = 1e-12;
  private static final double RADIUS = 1e-9;

  private static final Scenario SCENARIO =
      ScenarioFile.read(Path.of("../feeders/ieee33/ieee33-improved.yaml"));
  private static final JsonNode PROSUMERS = PeerResults.json("prosumers.json");

  @Test
  void operatorReachesThePeersOptimumOnTheReferenceDay() {
    assertSameDecision(
        new OperatorKnowledge(
            SCENARIO.feeder(),
            SCENARIO.passiveLoads(),
            SCENARIO.connectionPoints(),
            SCENARIO.horizon(),
            SCENARIO.operator()),
        "operator");
  }

  @Test
  void operatorReachesThePeersOptimumWithoutTheDefaultEnvelopeAsFloor() {
    assertSameDecision(OtherDays.withoutFloor(SCENARIO), "operator-without-floor");
  }

  @Test
  void operatorReachesThePeersOptimumWhenLinesBatteryAndReactivePowerMatter() {
    assertSameDecision(OtherDays.stressed(SCENARIO), "operator-stressed");
  }

  @TestFactory
  Stream<DynamicTest> reducesTheHistoryToThePeersSamplesAndWeights() {
    return eachProsumer(OperatorAndProsumersPeerTest::assertSameSamples);
  }

  @TestFactory
  Stream<DynamicTest> drawsThePeersRadii() {
    return eachProsumer(
        (site, expected) -> {
          List<Sample> samples = samples(site);
          assertSameRadii(expected, "valid", ambiguity(site, samples, Radius.VALID));
          assertSameRadii(expected, "published", ambiguity(site, samples, Radius.PUBLISHED));
        });
  }

  @TestFactory
  Stream<DynamicTest> prosumersReachThePeersCostUnderEveryRadius() {
    return eachProsumer(
        (site, expected) -> {
          List<Sample> samples = samples(site);
          double stochastic = cost(site, samples, Radius.STOCHASTIC);
          double valid = cost(site, samples, Radius.VALID);
          double robust = cost(site, samples, Radius.ROBUST);
          assertAll(
              () -> assertSameCost(expected, "/cost_cny/stochastic", stochastic),
              () -> assertSameCost(expected, "/cost_cny/valid", valid),
              () -> assertSameCost(expected, "/cost_cny/robust", robust),
              () -> assertTrue(stochastic < valid && valid < robust, "a larger set costs more"));
        });
  }

  private static void assertSameDecision(OperatorKnowledge operator, String peer) {
    LinDistFlow network = new LinDistFlow(operator.feeder());
    AcMargins none = new AcMargins(operator.horizon().intervals(), network);
    OperatorDecision decision = OperatorProblem.solve(operator, none, new InteriorPointSolver());
    OperatorCost cost = OperatorCost.of(operator, network, decision.envelopes(), decision.assets());
    JsonNode expected = PeerResults.json(peer + ".json");
    assertAll(
        () -> assertSameCost(expected, "/objective_cny", decision.objective()),
        () -> assertSamePart(expected, "losses", cost.losses()),
        () -> assertSamePart(expected, "battery_wear", cost.batteryWear()),
        () -> assertSamePart(expected, "svc", cost.compensation()),
        () -> assertSamePart(expected, "envelope_value", -cost.envelopeValue()),
        () -> assertEquals(0, decision.largestSlack(), 0.0, "slack"),
        () -> assertEquals(0, decision.largestShortfallKw(), 1e-3, "shortfall, kW"),
        () -> assertSameArea(expected, "import", decision, OperatingEnvelope::importLimitKw),
        () -> assertSameArea(expected, "export", decision, OperatingEnvelope::exportLimitKw),
        () -> assertSameEnvelopes(peer + ".csv", decision),
        () -> assertSameAssets(peer + "-assets.csv", decision));
  }

  private static void assertSameCost(JsonNode expected, String pointer, double actual) {
    double cost = PeerResults.number(expected, pointer);
    assertEquals(cost, actual, Math.max(COST_CNY, COST_RELATIVE * Math.abs(cost)), pointer);
  }

  private static void assertSamePart(JsonNode expected, String part, double actual) {
    double cost = PeerResults.number(expected, "/objective_parts_cny/" + part);
    assertEquals(cost, actual, ROUNDING_CNY, part);
  }

  private static void assertSameArea(
      JsonNode expected,
      String direction,
      OperatorDecision decision,
      ToDoubleFunction<OperatingEnvelope> limitKw) {
    double sumKw =
        decision.envelopes().points().stream()
            .flatMap(point -> point.envelopes().stream())
            .mapToDouble(limitKw)
            .sum();
    double area = PeerResults.number(expected, "/" + direction + "_area_kwh");
    assertEquals(area, sumKw * SCENARIO.horizon().intervalHours(), AREA_KWH, direction);
  }

  private static void assertSameEnvelopes(String file, OperatorDecision decision) {
    Differences differences = new Differences();
    for (String[] row : PeerResults.rows(file)) {
      PointPlan point = decision.envelopes().of(new ProsumerId(row[1]));
      int t = interval(row[0]);
      OperatingEnvelope envelope = point.envelopes().get(t);
      differences.check(row, "import limit", row[2], envelope.importLimitKw(), POWER_KW);
      differences.check(row, "export limit", row[3], envelope.exportLimitKw(), POWER_KW);
      differences.check(row, "plan", row[4], point.plannedNetImportKw().at(t), POWER_KW);
    }
    differences.assertNone(3 * SCENARIO.prosumers().size() * SCENARIO.horizon().intervals());
  }

  private static void assertSameAssets(String file, OperatorDecision decision) {
    Differences differences = new Differences();
    for (String[] row : PeerResults.rows(file)) {
      AssetSchedule asset =
          decision.assets().stream().filter(a -> a.asset().equals(row[1])).findAny().orElseThrow();
      int t = interval(row[0]);
      differences.check(row, "active power", row[2], asset.activePowerKw().at(t), POWER_KW);
      differences.check(row, "reactive power", row[3], asset.reactivePowerKvar().at(t), POWER_KW);
    }
    differences.assertNone(2 * decision.assets().size() * SCENARIO.horizon().intervals());
  }

  private static void assertSameSamples(ProsumerSite site, JsonNode expected) {
    List<LocalDate> days = historyDays();
    assertEquals(days.size(), site.generationHistoryKw().size(), "days of history");
    List<String> dates = new ArrayList<>();
    List<Double> energies = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (Sample sample : samples(site)) {
      int day = site.generationHistoryKw().indexOf(sample.generationKw());
      dates.add(days.get(day).toString());
      energies.add(sample.generationKw().stream().sum() * SCENARIO.horizon().intervalHours());
      weights.add(sample.probability());
    }
    assertEquals(PeerResults.texts(expected, "/sample_dates"), dates);
    assertSameNumbers(expected, "/sample_energy_kwh", energies, SAMPLE_KWH);
    assertSameNumbers(expected, "/sample_weights", weights, WEIGHT);
  }

  private static void assertSameNumbers(
      JsonNode expected, String pointer, List<Double> actual, double tolerance) {
    List<Double> numbers = PeerResults.numbers(expected, pointer);
    assertEquals(numbers.size(), actual.size(), pointer);
    for (int k = 0; k < actual.size(); k++) {
      assertEquals(numbers.get(k), actual.get(k), tolerance, pointer + "/" + k);
    }
  }

  private static void assertSameRadii(JsonNode expected, String name, AmbiguitySet set) {
    NormBall actual = (NormBall) set;
    String radius = "/radius/" + name;
    assertEquals(PeerResults.number(expected, radius + "/1_norm"), actual.sumRadius(), RADIUS);
    assertEquals(
        PeerResults.number(expected, radius + "/infinity_norm"), actual.maximumRadius(), RADIUS);
  }

  private static double cost(ProsumerSite site, List<Sample> samples, Radius radius) {
    Horizon horizon = SCENARIO.horizon();
    OperatingEnvelope envelope =
        new OperatingEnvelope(
            PeerResults.number(PROSUMERS, "/import_limit_kw"),
            PeerResults.number(PROSUMERS, "/export_limit_kw"));
    return ProsumerProblem.solve(
            new ProsumerKnowledge(
                site, horizon, SCENARIO.tariff(), samples, ambiguity(site, samples, radius)),
            Collections.nCopies(horizon.intervals(), envelope),
            Profile.constant(0, horizon.intervals()),
            new InteriorPointSolver())
        .cost();
  }

  private static List<Sample> samples(ProsumerSite site) {
    return KMedoids.reduce(site.generationHistoryKw(), SCENARIO.uncertainty().scenarios());
  }

  private static AmbiguitySet ambiguity(ProsumerSite site, List<Sample> samples, Radius radius) {
    return AmbiguitySet.of(
        SCENARIO.uncertainty().withRadius(radius),
        samples,
        site.generationHistoryKw().size(),
        SCENARIO.horizon().intervalHours());
  }

  private static List<LocalDate> historyDays() {
    LocalDate first = LocalDate.parse(PROSUMERS.at("/history/first").textValue());
    LocalDate last = LocalDate.parse(PROSUMERS.at("/history/last").textValue());
    LocalDate leftOut = SCENARIO.horizon().start().toLocalDate();
    return first.datesUntil(last.plusDays(1)).filter(day -> !day.equals(leftOut)).toList();
  }

  private static int interval(String start) {
    for (int t = 0; t < SCENARIO.horizon().intervals(); t++) {
      if (SCENARIO.horizon().startOf(t).toString().equals(start)) {
        return t;
      }
    }
    throw new AssertionError(start + " is not in the horizon");
  }

  private static Stream<DynamicTest> eachProsumer(BiConsumer<ProsumerSite, JsonNode> check) {
    assertEquals(SCENARIO.prosumers().size(), PROSUMERS.at("/prosumers").size(), "prosumers");
    return SCENARIO.prosumers().stream()
        .map(
            site ->
                DynamicTest.dynamicTest(
                    site.id().value(), () -> check.accept(site, expected(site))));
  }

  private static JsonNode expected(ProsumerSite site) {
    for (JsonNode prosumer : PROSUMERS.at("/prosumers")) {
      if (prosumer.at("/id").textValue().equals(site.id().value())) {
        return prosumer;
      }
    }
    throw new AssertionError("the peer has no prosumer " + site.id());
  }
}
