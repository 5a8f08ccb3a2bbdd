package ndoe.cosim.powerflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ndoe.cosim.Ieee33;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every power flow must do; an implementation extends this and says how it is made. */
public abstract class PowerFlowContract {
  protected final Feeder feeder = Ieee33.atSourceVoltage(1.0);
  protected PowerFlow powerFlow;

  protected abstract PowerFlow open(Feeder feeder);

  @BeforeEach
  void open() {
    powerFlow = open(feeder);
  }

  @AfterEach
  void close() {
    powerFlow.close();
  }

  @Test
  void findsThePublishedStateAtNominalLoad() {
    GridState state = powerFlow.solve(Ieee33.loadedAt(feeder, 1));

    assertTrue(state.converged());
    assertEquals(202.677, state.lossesKw(), 5e-4);
    assertEquals(135.141, state.lossesKvar(), 5e-4);
    int bus18 = feeder.buses().indexOf(new BusId("18"));
    for (int phase = 0; phase < state.phases(); phase++) {
      assertEquals(0.91309, state.voltagePu(bus18, phase), 5e-6);
      assertEquals(1.0, state.voltagePu(0, phase), 1e-8);
    }
    assertEquals(0.91309, state.voltagesPu().stream().min().orElseThrow(), 5e-6);
  }

  @ParameterizedTest
  @MethodSource("ndoe.cosim.powerflow.PandapowerPeer#all")
  void agreesWithPandapower(PandapowerPeer peer) {
    GridState state;
    try (PowerFlow fresh = open(peer.feeder())) {
      state = fresh.solve(peer.injections());
    }

    assertTrue(state.converged());
    peer.voltagesPu()
        .forEach(
            (bus, expected) -> {
              int position = peer.feeder().buses().indexOf(bus);
              for (int phase = 0; phase < state.phases(); phase++) {
                assertEquals(
                    expected,
                    state.voltagePu(position, phase),
                    PandapowerPeer.VOLTAGE_TOLERANCE_PU,
                    () -> "voltage of bus " + bus);
              }
            });
    for (int line = 0; line < peer.feeder().lines().size(); line++) {
      assertEquals(
          peer.loadingKva().get(peer.feeder().lines().get(line).to()),
          state.lineLoadingKva().at(line),
          PandapowerPeer.LOADING_TOLERANCE_KVA);
    }
    assertEquals(peer.lossesKw(), state.lossesKw(), PandapowerPeer.LOSSES_TOLERANCE_KW);
    assertEquals(peer.lossesKvar(), state.lossesKvar(), PandapowerPeer.LOSSES_TOLERANCE_KW);
  }

  @Test
  void holdsTheSourceVoltageWithoutLoad() {
    GridState state = powerFlow.solve(new Injections(feeder.buses().size()));

    assertTrue(state.converged());
    state.voltagesPu().stream().forEach(voltage -> assertEquals(1.0, voltage, 1e-9));
    state.lineLoadingKva().stream().forEach(loading -> assertEquals(0, loading, 1e-6));
    assertEquals(0, state.lossesKw(), 1e-9);
  }

  @Test
  void carriesTheWholeLoadAndItsLossesOverTheFirstLine() {
    GridState state = powerFlow.solve(Ieee33.loadedAt(feeder, 1));

    double activeKw = 3715 + state.lossesKw();
    double reactiveKvar = 2300 + state.lossesKvar();
    assertEquals(Math.hypot(activeKw, reactiveKvar), state.lineLoadingKva().at(0), 1e-3);
  }

  @Test
  void raisesTheVoltageWherePowerIsInjected() {
    Injections injections = new Injections(feeder.buses().size());
    int bus18 = feeder.buses().indexOf(new BusId("18"));
    injections.add(bus18, 1000, 0);

    GridState state = powerFlow.solve(injections);

    assertTrue(state.converged());
    assertTrue(state.voltagePu(bus18, 0) > 1.05);
    assertEquals(state.voltagesPu().stream().max().orElseThrow(), state.voltagePu(bus18, 0), 1e-12);
  }

  @Test
  void takesInjectionAtTheSourceBus() {
    Injections injections = Ieee33.loadedAt(feeder, 1);
    GridState without = powerFlow.solve(injections);
    injections.add(0, -500, 100);

    GridState with = powerFlow.solve(injections);

    assertEquals(without.lossesKw(), with.lossesKw(), 1e-6);
  }

  @Test
  void saysSoWhenNoStateCanCarryTheLoad() {
    GridState state = powerFlow.solve(Ieee33.loadedAt(feeder, 6));

    assertFalse(state.converged());
  }

  @Test
  void givesTheSameStateAfterOneWithoutSolution() {
    Injections nominal = Ieee33.loadedAt(feeder, 1);
    GridState before = powerFlow.solve(nominal);
    powerFlow.solve(Ieee33.loadedAt(feeder, 1000));

    assertEquals(before, powerFlow.solve(nominal));
  }

  @Test
  void givesTheSameStateWhateverWasSolvedBefore() {
    Injections nominal = Ieee33.loadedAt(feeder, 1);
    GridState before = powerFlow.solve(nominal);
    powerFlow.solve(Ieee33.loadedAt(feeder, -2));

    assertEquals(before, powerFlow.solve(nominal));
  }

  @Test
  void refusesPowersThatAreNotFinite() {
    Injections injections = Ieee33.loadedAt(feeder, 1);
    injections.add(7, Double.NaN, 0);

    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> powerFlow.solve(injections));

    assertTrue(refusal.getMessage().contains("position 7"), refusal.getMessage());
    assertTrue(powerFlow.solve(Ieee33.loadedAt(feeder, 1)).converged());
  }

  @Test
  void refusesInjectionsOfAnotherFeeder() {
    assertThrows(IllegalArgumentException.class, () -> powerFlow.solve(new Injections(5)));
  }

  @Test
  void namesItself() {
    assertFalse(powerFlow.engine().isBlank());
  }
}
