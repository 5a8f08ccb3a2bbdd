package ndoe.cosim.opendss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Arrays;
import ndoe.cosim.Ieee33;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlowException;
import ndoe.feeders.Feeder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DssCircuitIT {
  private static final int NODES = 99;
  private final Feeder feeder = Ieee33.atSourceVoltage(1);
  private final String script = FeederScript.of(feeder, NetworkModel.THREE_PHASE);
  private final DssCircuit circuit = new DssCircuit();
  private final double[] loadKw = new double[33];
  private final double[] loadKvar = new double[33];
  private final double[] voltages = new double[2 * NODES];

  DssCircuitIT() {
    Injections nominal = Ieee33.loadedAt(feeder, 1);
    for (int bus = 0; bus < loadKw.length; bus++) {
      loadKw[bus] = -nominal.activePowerKw(bus);
      loadKvar[bus] = -nominal.reactivePowerKvar(bus);
    }
  }

  @AfterEach
  void close() {
    circuit.close();
  }

  @Test
  void carriesTheLineNumberOfARefusedScript() {
    PowerFlowException refusal =
        assertThrows(
            PowerFlowException.class, () -> circuit.load("Clear\nNew Circuit.x\nNew Nonsense.y"));

    assertTrue(refusal.getMessage().contains("Nonsense"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("line: 3"), refusal.getMessage());
  }

  @Test
  void holdsNoCircuitAfterARefusedScriptUntilAGoodOneComes() {
    circuit.load(script);
    assertThrows(PowerFlowException.class, () -> circuit.load("Clear\nNew Nonsense.y"));
    assertThrows(IllegalStateException.class, () -> circuit.solve(loadKw, loadKvar, voltages));

    circuit.load(script);

    assertTrue(circuit.solve(loadKw, loadKvar, voltages));
  }

  @Test
  void refusesPowersThatAreNotFiniteAndSolvesTheNext() {
    circuit.load(script);
    loadKw[4] = Double.POSITIVE_INFINITY;
    assertThrows(IllegalArgumentException.class, () -> circuit.solve(loadKw, loadKvar, voltages));
    loadKw[4] = 60;

    assertTrue(circuit.solve(loadKw, loadKvar, voltages));
  }

  @Test
  void solvesAStateToTheSameBitsWhateverWasSolvedFirst() {
    circuit.load(script);
    assertTrue(circuit.solve(loadKw, loadKvar, voltages));
    double[] expected = voltages.clone();
    double[] light = Arrays.stream(loadKw).map(kw -> kw / 3).toArray();
    for (int each = 0; each < 3; each++) {
      try (DssCircuit another = new DssCircuit()) {
        another.load(script);
        light[7] += each;
        assertTrue(another.solve(light, loadKvar, voltages));
        assertTrue(another.solve(loadKw, loadKvar, voltages));
        assertArrayEquals(expected, voltages, 0);
      }
    }
  }

  @Test
  void refusesTooFewPowers() {
    circuit.load(script);

    assertThrows(
        IllegalArgumentException.class, () -> circuit.solve(new double[3], loadKvar, voltages));
  }

  @Test
  void recoversFromPowersSoLargeThatTheEngineComputesNaN() {
    circuit.load(script);
    circuit.solve(loadKw, loadKvar, voltages);
    double[] before = voltages.clone();
    double[] absurd = new double[33];
    Arrays.fill(absurd, Double.MAX_VALUE);

    assertFalse(circuit.solve(absurd, absurd, voltages));

    assertTrue(circuit.solve(loadKw, loadKvar, voltages));
    assertArrayEquals(before, voltages);
  }

  @Test
  void recoversFromNaNInTheAdmittanceMatrixByLoadingAgain() {
    circuit.load(script);
    circuit.solve(loadKw, loadKvar, voltages);
    double[] before = voltages.clone();
    circuit.command("Load.p3.kW=nan");
    circuit.command("Solve");
    assertFalse(circuit.solve(loadKw, loadKvar, voltages));

    circuit.load(script);

    assertTrue(circuit.solve(loadKw, loadKvar, voltages));
    assertArrayEquals(before, voltages);
  }

  @Test
  void recoversFromTheStickyAbortOfAControlThatHunts() {
    circuit.load(
        """
        Clear
        New Circuit.hunting basekV=12.66 R1=1e-8 X1=1e-7 R0=1e-8 X0=1e-7
        New Transformer.t phases=3 windings=2 buses=[sourcebus end] kVs=[12.66 12.66] kVAs=[100 100]
        New RegControl.r transformer=t winding=2 vreg=140 band=0.001 ptratio=60
        New Load.p0 bus1=end kV=12.66 kW=50 kvar=0
        Set VoltageBases=[12.66]
        CalcVoltageBases
        Set MaxControlIter=1 ControlMode=Static
        """);
    PowerFlowException abort =
        assertThrows(PowerFlowException.class, () -> circuit.command("Solve"));
    assertTrue(abort.getMessage().contains("#485"), abort.getMessage());

    assertTrue(circuit.solve(new double[] {40}, new double[] {10}, voltages));
    assertTrue(voltages[0] > 7000);
  }

  @Test
  void leavesTheVoltagesAloneWithoutASolution() {
    circuit.load(script);
    for (int bus = 0; bus < loadKw.length; bus++) {
      loadKw[bus] *= 50;
    }

    boolean solved = circuit.solve(loadKw, loadKvar, voltages);

    assertFalse(solved);
    assertArrayEquals(new double[2 * NODES], voltages);
  }

  @Test
  void refusesShellCommands() {
    circuit.load(script);

    assertThrows(PowerFlowException.class, () -> circuit.command("DOScmd echo hello"));
  }

  @Test
  void computesLineFlowsAsTheEngineDoes() {
    circuit.load(script);
    circuit.solve(loadKw, loadKvar, voltages);
    LineFlows flows = new LineFlows(feeder, NetworkModel.THREE_PHASE);
    double[] real = new double[NODES];
    double[] imaginary = new double[NODES];
    for (int node = 0; node < NODES; node++) {
      assertEquals("b%d.%d".formatted(node / 3, node % 3 + 1), circuit.nodes().get(node));
      real[node] = voltages[2 * node];
      imaginary[node] = voltages[2 * node + 1];
    }
    flows.update(real, imaginary);

    double[] enginePowers = enginePowersOf("Line");
    double lossesKw = 0;
    for (int line = 0; line < 32; line++) {
      double near = Math.hypot(enginePowers[4 * line], enginePowers[4 * line + 1]);
      double far = Math.hypot(enginePowers[4 * line + 2], enginePowers[4 * line + 3]);
      assertEquals(Math.max(near, far), flows.loadingKva(line), 1e-6);
      lossesKw += enginePowers[4 * line] + enginePowers[4 * line + 2];
    }
    assertEquals(lossesKw, flows.lossesKw(), 1e-6);
  }

  /** Active and reactive power into each terminal of each element, kW and kvar. */
  private double[] enginePowersOf(String className) {
    try (Memory cell = new Memory(8);
        Memory dimensions = new Memory(16)) {
      cell.clear();
      dimensions.clear();
      long context = circuit.context();
      int index = DssLibrary.ctx_DSS_SetActiveClass(context, className);
      long cellAddress = Pointer.nativeValue(cell);
      long dimensionsAddress = Pointer.nativeValue(dimensions);
      DssLibrary.Batch_CreateByClass(context, cellAddress, dimensionsAddress, index);
      long batch = cell.getLong(0);
      int size = dimensions.getInt(0);
      cell.clear();
      dimensions.clear();
      DssLibrary.Alt_CEBatch_Get_TotalPowers(cellAddress, dimensionsAddress, batch, size);
      double[] powers = cell.getPointer(0).getDoubleArray(0, dimensions.getInt(0));
      DssLibrary.DSS_Dispose_PDouble(cellAddress);
      DssLibrary.Batch_Dispose(batch);
      return powers;
    }
  }
}
