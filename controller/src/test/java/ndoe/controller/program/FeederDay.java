package ndoe.controller.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A robust envelope program of a radial feeder: linear flows at the plan and at both corners.
 *
 * <p>The tree has the shape of the 33-bus feeder: a trunk of 18 and laterals of 4, 3 and 8 buses.
 */
final class FeederDay {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final int BUSES = 33;
  private static final int EDGES = 12;
  private static final int[] LATERAL_START = {18, 22, 25};
  private static final int[] LATERAL_FROM = {1, 2, 5};

  final ConvexProgram program;

  /** The variables whose linear cost an outer loop changes. */
  final List<Variable> coupling = new ArrayList<>();

  private final ConvexProgram.Builder builder = new ConvexProgram.Builder();
  private final Random random;
  private final double unit;
  private final int[] parent = new int[BUSES];
  private final double[] resistance = new double[BUSES];
  private final double[] reactance = new double[BUSES];

  /**
   * @param prosumers number of prosumers, one per bus from the far end on
   * @param unit size of the unit of power: 1 for per unit, 0.001 for kW on a base of 1 MVA
   */
  FeederDay(int intervals, int prosumers, double unit, long seed) {
    random = new Random(seed);
    this.unit = unit;
    for (int b = 1; b < BUSES; b++) {
      parent[b] = b - 1;
      resistance[b] = (0.001 + 0.008 * random.nextDouble()) * unit;
      reactance[b] = (0.001 + 0.006 * random.nextDouble()) * unit;
    }
    for (int k = 0; k < LATERAL_START.length; k++) {
      parent[LATERAL_START[k]] = LATERAL_FROM[k];
    }
    Variable stored = null;
    for (int t = 0; t < intervals; t++) {
      stored = addInterval(t, prosumers, stored);
    }
    builder.row("cycle", 0.5 / unit, 0.5 / unit).add(stored, 1);
    program = builder.build();
  }

  private Variable addInterval(int t, int prosumers, Variable stored) {
    Variable charge = free("charge" + t, -0.2, 0.2);
    builder.addQuadraticCost(charge, 0.01 * unit * unit);
    Variable energy = free("energy" + t, 0.1, 0.9);
    double open = stored == null ? 0.5 / unit : 0;
    Row state = builder.row("state" + t, open, open).add(energy, 1).add(charge, -1);
    if (stored != null) {
      state.add(stored, -1);
    }
    Variable compensation = free("compensation" + t, -0.3, 0.3);
    builder.addQuadraticCost(compensation, 0.01 * unit * unit);
    Variable[] plan = new Variable[BUSES];
    Variable[] mostImport = new Variable[BUSES];
    Variable[] mostExport = new Variable[BUSES];
    for (int k = 0; k < prosumers; k++) {
      int b = BUSES - 1 - k;
      mostImport[b] = envelope("import" + t + "." + b);
      mostExport[b] = envelope("export" + t + "." + b);
      plan[b] = free("plan" + t + "." + b, -1, 1);
      builder.addLinearCost(plan[b], 0.05 * unit * random.nextGaussian());
      builder.addQuadraticCost(plan[b], 0.1 * unit * unit);
      coupling.add(plan[b]);
      builder.row("most" + t + "." + b, 0, INFINITY).add(mostImport[b], 1).add(plan[b], -1);
      builder.row("least" + t + "." + b, 0, INFINITY).add(mostExport[b], 1).add(plan[b], 1);
    }
    double[] active = new double[BUSES];
    double[] reactive = new double[BUSES];
    for (int b = 1; b < BUSES; b++) {
      active[b] = (0.03 + 0.05 * random.nextDouble()) / unit;
      reactive[b] = 0.4 * active[b];
    }
    Variable[] reactiveFlow = addFlow("q" + t, reactive, null, 0, compensation, -1, 17);
    Variable[] planFlow = addFlow("p" + t, active, plan, 1, charge, 1, 10);
    for (int b = 1; b < BUSES; b++) {
      builder.addQuadraticCost(planFlow[b], resistance[b] * unit);
      builder.addQuadraticCost(reactiveFlow[b], resistance[b] * unit);
    }
    addCorner("import" + t, addFlow("i" + t, active, mostImport, 1, charge, 1, 10), reactiveFlow);
    addCorner("export" + t, addFlow("e" + t, active, mostExport, -1, charge, 1, 10), reactiveFlow);
    return energy;
  }

  private Variable free(String name, double lower, double upper) {
    return builder.variable(name, lower / unit, upper / unit);
  }

  private Variable envelope(String name) {
    Variable variable = free(name, 0, 1);
    builder.addLinearCost(variable, (-0.01 + 0.01 * random.nextGaussian()) * unit);
    builder.addQuadraticCost(variable, 0.01 * unit * unit);
    coupling.add(variable);
    return variable;
  }

  /** Adds the flow into every bus: its own consumption and what its children take. */
  private Variable[] addFlow(
      String name,
      double[] consumption,
      Variable[] exchange,
      double sign,
      Variable asset,
      double assetSign,
      int assetBus) {
    Variable[] flow = new Variable[BUSES];
    Row[] balance = new Row[BUSES];
    for (int b = 1; b < BUSES; b++) {
      flow[b] = builder.variable(name + "." + b, -INFINITY, INFINITY);
      balance[b] = builder.row(name + "." + b, consumption[b], consumption[b]).add(flow[b], 1);
      if (parent[b] > 0) {
        balance[parent[b]].add(flow[b], -1);
      }
      if (exchange != null && exchange[b] != null) {
        balance[b].add(exchange[b], -sign);
      }
    }
    balance[assetBus].add(asset, -assetSign);
    return flow;
  }

  private void addCorner(String name, Variable[] activeFlow, Variable[] reactiveFlow) {
    Variable[] voltage = new Variable[BUSES];
    voltage[0] = builder.variable(name + ".v0", 1.03 * 1.03, 1.03 * 1.03);
    for (int b = 1; b < BUSES; b++) {
      voltage[b] = builder.variable(name + ".v" + b, 0.9 * 0.9, 1.05 * 1.05);
      builder
          .row(name + ".drop" + b, 0, 0)
          .add(voltage[parent[b]], 1)
          .add(voltage[b], -1)
          .add(activeFlow[b], -2 * resistance[b])
          .add(reactiveFlow[b], -2 * reactance[b]);
      double rating = (b < 6 ? 6 : 3) * Math.cos(Math.PI / EDGES) / unit;
      for (int a = 0; a < EDGES; a++) {
        double angle = 2 * Math.PI * a / EDGES;
        builder
            .row(name + ".edge" + b + "." + a, -INFINITY, rating)
            .add(activeFlow[b], Math.cos(angle))
            .add(reactiveFlow[b], Math.sin(angle));
      }
    }
  }
}
