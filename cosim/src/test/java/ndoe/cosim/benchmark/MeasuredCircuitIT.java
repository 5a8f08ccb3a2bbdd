package ndoe.cosim.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ndoe.cosim.opendss.MeasuredCircuit;
import ndoe.cosim.opendss.NetworkModel;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.feeders.Feeder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compared for speed must be the same work. */
final class MeasuredCircuitIT {
  private static final Path SCRIPT = Path.of("..", "feeders", "ieee33", "feeder.dss");
  private static final Path FLOOR = Path.of("native", "floor.c");
  private static final int BUSES = 33;

  private final Feeder feeder = BenchmarkFeeder.read(SCRIPT);

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(NetworkModel.class)
  void textCommandsFindTheVoltagesTheJudgeFinds(NetworkModel model) {
    LoadSequence loads = new LoadSequence(BUSES, model);
    LoadSequence whole = new LoadSequence(BUSES, NetworkModel.THREE_PHASE);
    try (MeasuredCircuit text = MeasuredCircuit.byText(feeder, model, 1e-10);
        OpenDssPowerFlow judge = new OpenDssPowerFlow(feeder, model)) {
      for (int state = 0; state < 5; state++) {
        Injections injections = new Injections(BUSES);
        for (int bus = 0; bus < BUSES; bus++) {
          injections.add(bus, -whole.loadKw(state)[bus], -whole.loadKvar(state)[bus]);
        }
        GridState expected = judge.solve(injections);

        assertEquals(
            expected.voltagesPu().stream().sum(),
            text.solve(loads.loadKw(state), loads.loadKvar(state)),
            1e-6);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(NetworkModel.class)
  void theProgramInCFindsTheSameVoltagesToTheLastBit(NetworkModel model) {
    Optional<FloorProgram> floor = FloorProgram.compile(FLOOR);
    assumeTrue(floor.isPresent(), "there is no C compiler cc");
    String script = MeasuredCircuit.script(feeder, model, 1e-6);
    LoadSequence loads = new LoadSequence(BUSES, model);
    double sum = 0;
    try (MeasuredCircuit binding = MeasuredCircuit.byBinding(feeder, model, 1e-6)) {
      for (int state = 0; state < LoadSequence.STATES; state++) {
        sum += binding.solve(loads.loadKw(state), loads.loadKvar(state));
      }
    }
    try (FloorProgram program = floor.get()) {
      FloorProgram.Printed printed = program.run(script, model, 2);

      assertEquals(sum, printed.checksum());
      assertEquals(2 * 4, printed.times().microseconds().size());
    }
  }

  @Test
  void writesTheCircuitsForC() throws Exception {
    List<String> scripts = new ArrayList<>();
    for (Path file :
        new PowerFlowBenchmark(SCRIPT, Effort.quick(), what -> {})
            .writeScripts(temp.resolve("made"))) {
      scripts.add(Files.readString(file));
    }

    assertEquals(4, scripts.size());
    assertEquals(
        2, scripts.stream().filter(script -> script.contains("Set Tolerance=1.0E-6")).count());
    assertTrue(scripts.stream().allMatch(script -> script.contains("New Load.p32 ")));
  }

  @Test
  void listensToMemoryWhileSolving() {
    PowerFlowBenchmark benchmark = new PowerFlowBenchmark(SCRIPT, Effort.quick(), what -> {});

    List<MemoryUse> uses = benchmark.memory(NetworkModel.POSITIVE_SEQUENCE, List.of(10, 1500));

    assertEquals(List.of(10L, 1500L), uses.stream().map(MemoryUse::solutions).toList());
    assertTrue(uses.stream().allMatch(use -> use.heapKb() > 0), uses.toString());
  }
}
