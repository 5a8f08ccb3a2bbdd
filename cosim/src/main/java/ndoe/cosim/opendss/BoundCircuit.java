package ndoe.cosim.opendss;

import ndoe.cosim.powerflow.PowerFlowException;

/** Measures {@link DssCircuit}. */
final class BoundCircuit implements MeasuredCircuit {
  private final DssCircuit circuit = new DssCircuit();
  private final double[] voltages;

  BoundCircuit(String script) {
    circuit.load(script);
    voltages = new double[2 * circuit.nodes().size()];
  }

  @Override
  public double solve(double[] loadKw, double[] loadKvar) {
    if (!circuit.solve(loadKw, loadKvar, voltages)) {
      throw new PowerFlowException("no solution in a benchmark");
    }
    double sum = 0;
    for (double part : voltages) {
      sum += Math.abs(part);
    }
    return sum;
  }

  @Override
  public void close() {
    circuit.close();
  }
}
