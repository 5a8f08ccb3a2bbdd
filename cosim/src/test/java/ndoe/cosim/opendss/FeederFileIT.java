package ndoe.cosim.opendss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import ndoe.cosim.Ieee33;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.FeederFile;
import ndoe.feeders.Load;
import ndoe.feeders.VoltageLimits;
import org.junit.jupiter.api.Test;

/** What we understand of the feeder’s own script against what the engine understands of it. */
final class FeederFileIT {
  private static final Path SCRIPT =
      Path.of("..", "feeders", "ieee33", "feeder.dss").toAbsolutePath().normalize();

  private final Feeder feeder =
      FeederFile.read(SCRIPT, 1.0, new VoltageLimits(0.95, 1.05), Map.of("default", 3000.0));

  @Test
  void meansTheSameToTheEngineAsToUs() {
    GridState ours;
    try (PowerFlow powerFlow = OpenDssPowerFlow.threePhase(feeder)) {
      ours = powerFlow.solve(Ieee33.loadedAt(feeder, 1));
    }

    try (DssCircuit circuit = new DssCircuit()) {
      circuit.load("Redirect \"" + SCRIPT + "\"");
      double[] voltages = new double[2 * circuit.nodes().size()];
      assertTrue(
          circuit.solve(
              powers(circuit, Load::activePowerKw),
              powers(circuit, Load::reactivePowerKvar),
              voltages));

      assertEquals(3 * feeder.buses().size(), circuit.nodes().size());
      for (int node = 0; node < circuit.nodes().size(); node++) {
        String bus = circuit.nodes().get(node).split("\\.", 2)[0];
        double volts = Math.hypot(voltages[2 * node], voltages[2 * node + 1]);
        double voltagePu = volts * Math.sqrt(3) / (1000 * feeder.nominalVoltageKv());
        int position = feeder.buses().indexOf(new BusId(bus));
        assertEquals(ours.voltagePu(position, 0), voltagePu, 1e-8, "bus " + bus);
      }
    }
  }

  @Test
  void givesTheLoadsTheEngineReads() {
    try (DssCircuit circuit = new DssCircuit()) {
      circuit.command("Redirect \"" + SCRIPT + "\"");
      for (Load load : feeder.loads()) {
        String element = "? Load." + load.name();
        assertEquals(load.activePowerKw(), Double.parseDouble(circuit.command(element + ".kW")));
        assertEquals(
            load.reactivePowerKvar(), Double.parseDouble(circuit.command(element + ".kvar")));
      }
    }
  }

  private double[] powers(DssCircuit circuit, ToDoubleFunction<Load> power) {
    return circuit.loads().stream()
        .mapToDouble(name -> power.applyAsDouble(loadNamed(name)))
        .toArray();
  }

  private Load loadNamed(String name) {
    return feeder.loads().stream()
        .filter(load -> load.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow();
  }
}
