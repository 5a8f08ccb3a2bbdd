package ndoe.cosim.opendss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import ndoe.cosim.Ieee33;
import ndoe.cosim.UnbalancedDays;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.cosim.powerflow.Response;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CircuitPowerFlowIT {
  private static final Feeder IEEE13 = UnbalancedDays.of("ieee13").feeder();

  /** Regulators at 10, 8 and 11 steps. */
  private static final List<Double> PUBLISHED = List.of(1.0625, 1.05, 1.06875);

  private static int node(String name) {
    return IEEE13.requireAt(new BusId(name), "a test")[0];
  }

  /** Second windings of the regulators, in steps of 0.00625, rounded to a thousandth of one. */
  private static List<Double> taps(CircuitPowerFlow powerFlow) {
    return powerFlow.positions().stream()
        .map(each -> DssText.numbers(each.substring(each.indexOf('=') + 1))[1])
        .map(tap -> Math.round(tap * 160_000) / 160_000.0)
        .toList();
  }

  private static Injections exchanging(double multiplier, double kw) {
    Injections injections = CircuitLoads.times(IEEE13, multiplier);
    injections.add(node("675.1"), kw, 0.2 * kw);
    injections.add(node("634.2"), -kw / 4, 0);
    return injections;
  }

  /** Exchange at nodes under loads that change too. */
  private static List<Injections> states() {
    SplittableRandom random = new SplittableRandom(13);
    List<Injections> states = new ArrayList<>();
    for (int state = 0; state < 12; state++) {
      states.add(exchanging(0.25 * (1 + state % 4), random.nextDouble(-300, 400)));
    }
    return states;
  }

  @Test
  void findsThePublishedCase() {
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(IEEE13)) {
      GridState state = powerFlow.solve(CircuitLoads.times(IEEE13, 1));
      assertTrue(state.converged());
      // Published to four decimals.
      assertEquals(0.9900, state.voltagePu(node("671.1"), 0), 2e-4);
      assertEquals(1.0529, state.voltagePu(node("671.2"), 0), 2e-4);
      assertEquals(0.9778, state.voltagePu(node("671.3"), 0), 2e-4);
      assertEquals(PUBLISHED, taps(powerFlow));
      assertEquals("OpenDSS SVN 3723 (DSS C-API 0.14.5)", powerFlow.engine());
    }
  }

  @Test
  void letsRegulatorsAnswerWithoutRememberingIt() {
    Injections heavy = exchanging(1, -1200);
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(IEEE13)) {
      assertTrue(powerFlow.hasControls());
      GridState held = powerFlow.solve(heavy);
      assertEquals(PUBLISHED, taps(powerFlow));
      GridState regulated = powerFlow.solveRegulated(heavy);
      assertTrue(taps(powerFlow).get(0) > PUBLISHED.get(0), () -> taps(powerFlow).toString());
      assertTrue(regulated.voltagePu(node("675.1"), 0) > held.voltagePu(node("675.1"), 0));
      assertEquals(held, powerFlow.solve(heavy));
      assertEquals(regulated, powerFlow.solveRegulated(heavy));
    }
  }

  @Test
  void agreesWithTheBalancedEngineOnABalancedFeeder(@TempDir Path folder) {
    Feeder balanced = UnbalancedDays.reference().feeder();
    Feeder circuit = UnbalancedDays.referenceAsCircuit(folder).feeder();
    assertEquals(3 * balanced.buses().size(), circuit.buses().size());
    assertEquals(balanced.lines().size(), circuit.lines().size());
    List<Injections> states =
        new ArrayList<>(RandomStates.of(balanced.buses().size(), 30, 47).toList());
    states.add(Ieee33.loadedAt(balanced, 1));
    try (PowerFlow ours = OpenDssPowerFlow.threePhase(balanced);
        CircuitPowerFlow theirs = new CircuitPowerFlow(circuit)) {
      for (Injections each : states) {
        Injections perPhase = new Injections(circuit.terminals());
        for (int bus = 0; bus < each.buses(); bus++) {
          int[] nodes = circuit.requireAt(balanced.buses().get(bus), "a bus");
          perPhase.share(nodes, each.activePowerKw(bus), each.reactivePowerKvar(bus));
        }
        assertSame(balanced, ours.solve(each), circuit, theirs.solve(perPhase));
      }
    }
  }

  private static void assertSame(
      Feeder balanced, GridState expected, Feeder circuit, GridState found) {
    assertTrue(expected.converged() && found.converged());
    for (int bus = 0; bus < balanced.buses().size(); bus++) {
      for (int node : circuit.requireAt(balanced.buses().get(bus), "a bus")) {
        assertEquals(expected.voltagePu(bus, 0), found.voltagePu(node, 0), 1e-7);
      }
    }
    for (int line = 0; line < balanced.lines().size(); line++) {
      String name = balanced.lines().get(line).id().value();
      assertTrue(circuit.lines().get(line).id().value().equalsIgnoreCase("line." + name), name);
      assertEquals(
          balanced.lines().get(line).ratingKva(), circuit.lines().get(line).ratingKva(), name);
    }
    assertEquals(expected.lossesKw(), found.lossesKw(), 1e-3);
    assertEquals(expected.lossesKvar(), found.lossesKvar(), 1e-3);
  }

  @Test
  void drawsTheSameThroughALoadOfTheCircuitAsThroughANodeAtConstantPower(@TempDir Path folder) {
    Feeder circuit = UnbalancedDays.referenceAsCircuit(folder).feeder();
    Injections atNodes = new Injections(circuit.terminals());
    circuit
        .loads()
        .forEach(
            load ->
                atNodes.share(
                    circuit.at(load.bus()), -load.activePowerKw(), -load.reactivePowerKvar()));
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(circuit)) {
      GridState atLoads = powerFlow.solve(CircuitLoads.times(circuit, 1));
      GridState other = powerFlow.solve(atNodes);
      for (int node = 0; node < circuit.buses().size(); node++) {
        assertEquals(atLoads.voltagePu(node, 0), other.voltagePu(node, 0), 1e-7);
      }
    }
  }

  @Test
  void givesTheSameStateWhateverWasSolvedBefore() {
    List<Injections> states = states();
    List<GridState> alone = new ArrayList<>();
    List<List<String>> positions = new ArrayList<>();
    for (Injections each : states) {
      try (CircuitPowerFlow fresh = new CircuitPowerFlow(IEEE13)) {
        fresh.expect(new int[] {node("634.2"), node("675.1")});
        alone.add(fresh.solve(each));
        positions.add(fresh.positions());
      }
    }
    assertNotEquals(positions.get(0), positions.get(3), "the regulators never moved");
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(IEEE13)) {
      powerFlow.expect(new int[] {node("634.2"), node("675.1")});
      for (int state : new int[] {0, 3, 7, 7, 2, 11, 0, 6, 3, 1, 10, 5, 9, 4, 8}) {
        assertEquals(alone.get(state), powerFlow.solve(states.get(state)), "state " + state);
        assertEquals(positions.get(state), powerFlow.positions());
      }
    }
  }

  @Test
  void givesTheSameStateAfterOnesWithoutSolution() {
    Injections wanted = exchanging(1, 200);
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(IEEE13)) {
      GridState before = powerFlow.solve(wanted);
      for (Injections hopeless :
          List.of(
              exchanging(1, -1e7), exchanging(50, 0), exchanging(1e6, 200), exchanging(1, 1e9))) {
        assertFalse(powerFlow.solve(hopeless).converged());
        assertFalse(powerFlow.respond(hopeless).converged());
        assertEquals(before, powerFlow.solve(wanted));
      }
      assertEquals(PUBLISHED, taps(powerFlow));
    }
  }

  @Test
  void forgetsAFirstStateWithoutSolution(@TempDir Path folder) {
    Feeder circuit = UnbalancedDays.referenceAsCircuit(folder).feeder();
    Injections wanted = CircuitLoads.times(circuit, 0.5);
    Injections hopeless = CircuitLoads.times(circuit, 0.5);
    for (String bus : List.of("18", "22", "25", "33")) {
      wanted.share(circuit.at(new BusId(bus)), 200, 50);
      hopeless.share(circuit.at(new BusId(bus)), -100_000, 0);
    }
    GridState alone;
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(circuit)) {
      alone = powerFlow.solve(wanted);
    }
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(circuit)) {
      assertFalse(powerFlow.solve(hopeless).converged());
      assertEquals(alone, powerFlow.solve(wanted));
      assertFalse(powerFlow.solve(CircuitLoads.times(circuit, 1000)).converged());
      assertEquals(alone, powerFlow.solve(wanted));
    }
  }

  @Test
  void refusesPowersThatAreNotFiniteAndGoesOn() {
    Injections wanted = exchanging(0.5, 100);
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(IEEE13)) {
      GridState before = powerFlow.solve(wanted);
      for (int place : new int[] {3, IEEE13.buses().size() + 2}) {
        Injections wrong = exchanging(0.5, 100);
        wrong.add(place, 0, Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> powerFlow.solve(wrong));
      }
      assertThrows(
          IllegalArgumentException.class,
          () -> powerFlow.solve(new Injections(IEEE13.buses().size())));
      assertEquals(before, powerFlow.solve(wanted));
    }
  }

  @Test
  void holdsRegulatorsWhereTheyRestWithoutExchange() {
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(IEEE13)) {
      powerFlow.solve(exchanging(1, 400));
      assertEquals(PUBLISHED, taps(powerFlow));
      powerFlow.solve(exchanging(1, -300));
      assertEquals(PUBLISHED, taps(powerFlow));
      powerFlow.solve(exchanging(0.25, -300));
      assertNotEquals(PUBLISHED, taps(powerFlow));
    }
  }

  @Test
  void respondsWithWhatItSolves() {
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(IEEE13)) {
      GridState state = powerFlow.solve(exchanging(0.75, 250));
      Response response = powerFlow.respond(exchanging(0.75, 250));
      double lossesKw = 0;
      int conductor = 0;
      for (int line = 0; line < IEEE13.lines().size(); line++) {
        lossesKw += 1000 * response.lossesMw()[line];
        double atFirstEnd = 0;
        for (int each = 0; each < powerFlow.conductorsPerLine()[line]; each++) {
          double mva =
              Math.hypot(response.realMva()[conductor], response.imaginaryMva()[conductor]);
          atFirstEnd = Math.max(atFirstEnd, 1000 * mva);
          conductor++;
        }
        double loadingKva = state.lineLoadingKva().at(line);
        assertTrue(atFirstEnd <= loadingKva + 1e-6, "line " + line);
        assertTrue(atFirstEnd > 0.99 * loadingKva - 10, "line " + line);
      }
      assertEquals(conductor, response.realMva().length);
      assertEquals(state.lossesKw(), lossesKw, 1e-9);
      for (int node = 0; node < IEEE13.buses().size(); node++) {
        assertEquals(
            Math.pow(state.voltagePu(node, 0), 2), response.squaredVoltagesPu()[node], 1e-12);
      }
    }
  }

  @Test
  void refusesABalancedFeederAndOneItDoesNotRecognise() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new CircuitPowerFlow(Ieee33.atSourceVoltage(1)).close());
    Feeder other = Circuits.feeder(Circuits.small("New Line.b bus1=y bus2=z"));
    Feeder wrong =
        new Feeder(
            other.name(),
            other.nominalVoltageKv(),
            other.sourceVoltagePu(),
            other.voltageLimits(),
            other.buses(),
            other.lines().subList(0, 1),
            other.loads(),
            other.circuit());
    assertThrows(RuntimeException.class, () -> new CircuitPowerFlow(wrong).close());
  }

  @Test
  void solvesACircuitWithoutLoads() {
    Feeder bare =
        Circuits.feeder(Circuits.script(Circuits.SMALL.subList(0, Circuits.SMALL.size() - 1)));
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(bare)) {
      Injections injections = new Injections(bare.terminals());
      assertEquals(1, powerFlow.solve(injections).voltagePu(3, 0), 1e-3);
      injections.add(3, -2000, 0);
      assertTrue(powerFlow.solve(injections).voltagePu(3, 0) < 0.999);
    }
  }

  @Test
  void refusesToBeUsedByAnotherThreadOrOnceClosed() throws InterruptedException {
    CircuitPowerFlow powerFlow = new CircuitPowerFlow(IEEE13);
    List<Throwable> thrown = new ArrayList<>();
    Thread stranger =
        new Thread(
            () ->
                thrown.add(
                    assertThrows(
                        IllegalStateException.class,
                        () -> powerFlow.solve(CircuitLoads.times(IEEE13, 1)))),
            "stranger");
    stranger.start();
    stranger.join();
    assertTrue(thrown.get(0).getMessage().contains("used by stranger"), "" + thrown);

    assertTrue(powerFlow.solve(CircuitLoads.times(IEEE13, 1)).converged());
    powerFlow.close();
    powerFlow.close();
    assertThrows(IllegalStateException.class, () -> powerFlow.solve(CircuitLoads.times(IEEE13, 1)));
  }
}
