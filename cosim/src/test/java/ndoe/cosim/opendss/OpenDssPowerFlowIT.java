package ndoe.cosim.opendss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import ndoe.cosim.Ieee33;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.LadderPowerFlow;
import ndoe.cosim.powerflow.LinearVoltages;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.feeders.Feeder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OpenDssPowerFlowIT {
  private static final int BUSES = 33;
  private final Feeder feeder = Ieee33.atSourceVoltage(1.03);

  @ParameterizedTest
  @EnumSource
  void agreesWithAnIndependentPowerFlowOnRandomStates(NetworkModel model) {
    try (PowerFlow engine = new OpenDssPowerFlow(feeder, model);
        PowerFlow independent = new LadderPowerFlow(feeder)) {
      RandomStates.of(BUSES, 500, 42)
          .forEach(each -> assertSame(independent.solve(each), engine.solve(each)));
    }
  }

  @Test
  void givesTheSameNumbersInBothModels() {
    try (PowerFlow three = OpenDssPowerFlow.threePhase(feeder);
        PowerFlow one = OpenDssPowerFlow.positiveSequence(feeder)) {
      RandomStates.of(BUSES, 200, 43)
          .forEach(each -> assertSame(one.solve(each), three.solve(each)));
    }
  }

  private static void assertSame(GridState expected, GridState found) {
    assertTrue(expected.converged());
    assertTrue(found.converged());
    for (int bus = 0; bus < BUSES; bus++) {
      for (int phase = 0; phase < found.phases(); phase++) {
        assertEquals(expected.voltagePu(bus, 0), found.voltagePu(bus, phase), 1e-7);
      }
    }
    for (int line = 0; line < BUSES - 1; line++) {
      assertEquals(expected.lineLoadingKva().at(line), found.lineLoadingKva().at(line), 1e-3);
    }
    assertEquals(expected.lossesKw(), found.lossesKw(), 1e-3);
    assertEquals(expected.lossesKvar(), found.lossesKvar(), 1e-3);
  }

  @Test
  void findsNoVoltageAboveTheOneWithoutLosses() {
    double[] widestGap = {0};
    try (PowerFlow engine = OpenDssPowerFlow.positiveSequence(feeder)) {
      RandomStates.of(BUSES, 1000, 46)
          .forEach(
              each -> {
                GridState state = engine.solve(each);
                double[] linear = LinearVoltages.of(feeder, each);
                for (int bus = 0; bus < BUSES; bus++) {
                  double gap = linear[bus] - state.voltagePu(bus, 0);
                  assertTrue(gap >= -1e-8, "bus " + bus + " above by " + -gap);
                  widestGap[0] = Math.max(widestGap[0], gap);
                }
              });
    }
    assertTrue(widestGap[0] > 1e-3, "the states say little: " + widestGap[0]);
  }

  @Test
  void isBitIdenticalInAnyOrder() {
    List<Injections> states = RandomStates.of(BUSES, 50, 44).toList();
    try (PowerFlow engine = OpenDssPowerFlow.positiveSequence(feeder)) {
      List<GridState> forward = states.stream().map(engine::solve).toList();
      for (int state = states.size() - 1; state >= 0; state--) {
        assertEquals(forward.get(state), engine.solve(states.get(state)));
      }
    }
  }

  @Test
  @Timeout(60)
  void givesTheSameNumbersOnEightThreadsAtOnce() throws InterruptedException, ExecutionException {
    Callable<List<GridState>> work =
        () -> {
          try (PowerFlow engine = OpenDssPowerFlow.threePhase(feeder)) {
            return RandomStates.of(BUSES, 100, 45).map(engine::solve).toList();
          }
        };
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<GridState>>> results = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        results.add(pool.submit(work));
      }
      for (Future<List<GridState>> result : results) {
        assertEquals(results.get(0).get(), result.get());
      }
    } finally {
      pool.shutdown();
      assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void refusesToBeUsedByAnotherThread() throws InterruptedException {
    try (PowerFlow engine = OpenDssPowerFlow.positiveSequence(feeder)) {
      List<Throwable> thrown = new ArrayList<>();
      Thread stranger =
          new Thread(
              () -> {
                thrown.add(
                    assertThrows(
                        IllegalStateException.class,
                        () -> engine.solve(Ieee33.loadedAt(feeder, 1))));
                thrown.add(assertThrows(IllegalStateException.class, engine::close));
              },
              "stranger");
      stranger.start();
      stranger.join();

      assertEquals(2, thrown.size());
      assertTrue(thrown.get(0).getMessage().contains("used by stranger"), "" + thrown.get(0));
      assertTrue(engine.solve(Ieee33.loadedAt(feeder, 1)).converged());
    }
  }

  @Test
  void refusesToSolveOnceClosed() {
    PowerFlow engine = OpenDssPowerFlow.positiveSequence(feeder);
    engine.close();
    engine.close();

    assertThrows(IllegalStateException.class, () -> engine.solve(Ieee33.loadedAt(feeder, 1)));
  }

  @Test
  void survivesManyOpeningsAndClosings() {
    for (int time = 0; time < 100; time++) {
      try (PowerFlow engine = OpenDssPowerFlow.threePhase(feeder)) {
        assertTrue(engine.solve(Ieee33.loadedAt(feeder, 1)).converged());
      }
    }
  }

  @Test
  void tellsTheEngineAndItsPinnedVersion() {
    try (PowerFlow engine = OpenDssPowerFlow.positiveSequence(feeder)) {
      assertEquals("OpenDSS SVN 3723 (DSS C-API 0.14.5)", engine.engine());
    }
  }
}
