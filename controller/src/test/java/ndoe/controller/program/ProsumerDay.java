package ndoe.controller.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A two-stage prosumer program: net position and envelope now, devices per sample, worst-case mean.
 *
 * <p>Has what real ones have: batteries of size zero, windows without shiftable load, nights
 * without generation, trades that meet in one net position.
 */
final class ProsumerDay {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double RATING_KW = 5;
  private static final double EFFICIENCY = 0.95;
  private static final int TRADES = 9;

  final ConvexProgram program;

  /** The variables whose linear cost an outer loop changes. */
  final List<Variable> coupling = new ArrayList<>();

  private final ConvexProgram.Builder builder = new ConvexProgram.Builder();
  private final Random random;
  private final int intervals;
  private final int samples;
  private final double penalty;
  private final boolean storage;

  /**
   * @param penalty quadratic cost of the coupling variables; 0 makes a linear program
   * @param storage whether the battery has a size
   */
  ProsumerDay(int intervals, int samples, double penalty, boolean storage, long seed) {
    random = new Random(seed);
    this.intervals = intervals;
    this.samples = samples;
    this.penalty = penalty;
    this.storage = storage;
    Variable[] net = new Variable[intervals];
    Variable[] mostImport = new Variable[intervals];
    Variable[] mostExport = new Variable[intervals];
    for (int t = 0; t < intervals; t++) {
      net[t] = coupled("net" + t, -RATING_KW, RATING_KW, 0);
      mostImport[t] = coupled("import" + t, 0, RATING_KW, 0.01 + 0.002 * random.nextDouble());
      mostExport[t] = coupled("export" + t, 0, RATING_KW, 0.01 + 0.002 * random.nextDouble());
      Row position = builder.row("position" + t, 0, 0).add(net[t], -1);
      for (int k = 0; k < TRADES; k++) {
        double price = k == 0 ? 0.3 : k == 1 ? -0.08 : 0.15 + 0.1 * random.nextDouble();
        Variable trade =
            coupled("trade" + t + "." + k, k == 1 ? -9 : k == 0 ? 0 : -2, k == 1 ? 0 : 9, price);
        position.add(trade, 1);
      }
    }
    List<Variable> costs = new ArrayList<>();
    for (int s = 0; s < samples; s++) {
      costs.add(addSample(s, net, mostImport, mostExport));
    }
    addWorstCase(costs);
    program = builder.build();
  }

  private Variable coupled(String name, double lower, double upper, double cost) {
    Variable variable = builder.variable(name, lower, upper);
    builder.addLinearCost(variable, cost + 0.02 * random.nextGaussian());
    builder.addQuadraticCost(variable, penalty);
    coupling.add(variable);
    return variable;
  }

  private Variable addSample(int s, Variable[] net, Variable[] mostImport, Variable[] mostExport) {
    Variable total = builder.variable("cost" + s, -INFINITY, INFINITY);
    Row cost = builder.row("cost" + s, 0, 0).add(total, -1);
    Row shifted = builder.row("shifted" + s, 0, 0);
    double capacity = storage ? 10 : 0;
    Variable before = null;
    for (int t = 0; t < intervals; t++) {
      String at = s + "." + t;
      double sun = Math.max(0, Math.sin(Math.PI * (t * 24.0 / intervals - 6) / 12));
      double generation = sun < 1e-9 ? 0 : 4 * sun * (0.5 + random.nextDouble());
      double load = 1 + random.nextDouble();
      double flexible = t % 5 == 0 ? 0 : 0.15 * load;
      Variable charge = priced(cost, "charge" + at, capacity / 4, 0.01);
      Variable discharge = priced(cost, "discharge" + at, capacity / 4, 0.01);
      Variable curtailed = priced(cost, "curtailed" + at, generation, 0);
      Variable shed = priced(cost, "shed" + at, load, 10);
      Variable bought = priced(cost, "bought" + at, 4 * RATING_KW, 0.39);
      Variable sold = priced(cost, "sold" + at, 4 * RATING_KW, -0.04);
      Variable shift = builder.variable("shift" + at, -flexible, flexible);
      shifted.add(shift, 1);
      Variable energy = builder.variable("energy" + at, 0.1 * capacity, 0.9 * capacity);
      double open = before == null ? 0.5 * capacity : 0;
      Row state = builder.row("state" + at, open, open).add(energy, 1);
      state.add(charge, -EFFICIENCY).add(discharge, 1 / EFFICIENCY);
      if (before != null) {
        state.add(before, -1);
      }
      before = energy;
      builder
          .row("balance" + at, load - generation, load - generation)
          .add(net[t], 1)
          .add(bought, 1)
          .add(sold, -1)
          .add(curtailed, -1)
          .add(discharge, 1)
          .add(charge, -1)
          .add(shed, 1)
          .add(shift, -1);
      Row inImport = builder.row("import" + at, -INFINITY, 0).add(mostImport[t], -1);
      inImport.add(net[t], 1).add(bought, 1).add(sold, -1);
      Row inExport = builder.row("export" + at, 0, INFINITY).add(mostExport[t], 1);
      inExport.add(net[t], 1).add(bought, 1).add(sold, -1);
    }
    builder.row("cycle" + s, 0.5 * capacity, 0.5 * capacity).add(before, 1);
    return total;
  }

  private Variable priced(Row cost, String name, double upper, double price) {
    Variable variable = builder.variable(name, 0, upper);
    cost.add(variable, price);
    return variable;
  }

  /** Largest mean over all probabilities near equal ones, by its dual. */
  private void addWorstCase(List<Variable> costs) {
    double probability = 1.0 / samples;
    Variable level = builder.variable("level", -INFINITY, INFINITY);
    Variable total = builder.variable("total", 0, INFINITY);
    builder.addLinearCost(level, 1).addLinearCost(total, 0.5);
    for (int s = 0; s < samples; s++) {
      Variable up = builder.variable("up" + s, 0, INFINITY);
      Variable down = builder.variable("down" + s, 0, INFINITY);
      Variable each = builder.variable("each" + s, 0, INFINITY);
      builder.addLinearCost(up, probability).addLinearCost(down, -probability);
      builder.addLinearCost(each, 0.1);
      builder
          .row("epigraph" + s, 0, INFINITY)
          .add(level, 1)
          .add(up, 1)
          .add(down, -1)
          .add(costs.get(s), -1);
      builder.row("radius" + s, -INFINITY, 0).add(up, 1).add(down, 1).add(total, -1).add(each, -1);
    }
  }
}
