package ndoe.controller.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A random program made backwards from an optimum, which therefore is known exactly.
 *
 * <p>Values and prices are drawn first; bounds go where the prices say and the linear cost is what
 * stationarity asks for. Prices are away from zero, so that the duals are those drawn whenever the
 * holding bounds are independent of each other.
 */
final class KnownOptimum {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  final ConvexProgram program;
  final List<Variable> variables = new ArrayList<>();
  final List<Row> rows = new ArrayList<>();
  final double[] value;
  final double[] dual;
  final double[] reducedCost;
  final double objective;
  private final Random random;
  private int holding;

  /**
   * @param curved whether the objective has a quadratic part, with off-diagonal terms
   * @param unit factor between the units of every second variable and the others
   */
  KnownOptimum(int variableCount, int rowCount, boolean curved, double unit, long seed) {
    random = new Random(seed);
    value = new double[variableCount];
    reducedCost = new double[variableCount];
    dual = new double[rowCount];
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    double[][] entries = new double[rowCount][variableCount];
    double[] activity = new double[rowCount];
    double[] gradient = new double[variableCount];
    for (int j = 0; j < variableCount; j++) {
      double scale = j % 2 == 0 ? 1 : unit;
      value[j] = scale * 3 * random.nextGaussian();
      // A linear program's optimum is a vertex: about as many bounds hold as there are variables.
      boolean held = curved ? random.nextInt(3) == 0 : j >= rowCount * 2 / 3;
      reducedCost[j] = held ? price() / scale : 0;
      double[] bounds = around(value[j], reducedCost[j], scale);
      variables.add(builder.variable("x" + j, bounds[0], bounds[1]));
      gradient[j] = -reducedCost[j];
    }
    for (int i = 0; i < rowCount; i++) {
      for (int k = 0; k < 4; k++) {
        int j = random.nextInt(variableCount);
        double scale = j % 2 == 0 ? 1 : unit;
        entries[i][j] += random.nextGaussian() / scale;
      }
      for (int j = 0; j < variableCount; j++) {
        activity[i] += entries[i][j] * value[j];
      }
      boolean held = curved ? random.nextInt(3) == 0 : holding++ % 3 != 2;
      dual[i] = held ? price() : 0;
      double[] bounds = around(activity[i], dual[i], 1);
      rows.add(builder.row("row" + i, bounds[0], bounds[1]));
      for (int j = 0; j < variableCount; j++) {
        if (entries[i][j] != 0) {
          rows.get(i).add(variables.get(j), entries[i][j]);
          gradient[j] -= entries[i][j] * dual[i];
        }
      }
    }
    double quadratic = curved ? addCurvature(builder, gradient, unit) : 0;
    double linear = 0;
    for (int j = 0; j < variableCount; j++) {
      builder.addLinearCost(variables.get(j), -gradient[j]);
      linear -= gradient[j] * value[j];
    }
    builder.addConstant(7);
    objective = quadratic / 2 + linear + 7;
    program = builder.build();
  }

  private double price() {
    return (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble());
  }

  /** Bounds of which the one named by the price's sign holds; without a price, none does. */
  private double[] around(double at, double price, double scale) {
    double room = scale * (1 + random.nextDouble());
    double far =
        switch (random.nextInt(3)) {
          case 0 -> INFINITY;
          case 1 -> 1e6 * scale;
          default -> room;
        };
    if (price != 0 && random.nextInt(4) == 0) {
      return new double[] {at, at};
    }
    if (price > 0) {
      return new double[] {at, at + far};
    }
    return price < 0 ? new double[] {at - far, at} : new double[] {at - room, at + far};
  }

  /** Adds the squares of random differences and returns x'Px. */
  private double addCurvature(ConvexProgram.Builder builder, double[] gradient, double unit) {
    double sum = 0;
    double[] slope = new double[gradient.length];
    for (int k = 0; k < 2 * gradient.length; k++) {
      int i = random.nextInt(gradient.length);
      int j = random.nextInt(gradient.length);
      double a = random.nextGaussian() / (i % 2 == 0 ? 1 : unit);
      double b = i == j ? 0 : random.nextGaussian() / (j % 2 == 0 ? 1 : unit);
      builder.addQuadraticCost(variables.get(i), a * a);
      builder.addQuadraticCost(variables.get(j), b * b);
      builder.addQuadraticCost(variables.get(i), variables.get(j), i == j ? 0 : a * b);
      double difference = a * value[i] + b * value[j];
      slope[i] += a * difference;
      slope[j] += b * difference;
      sum += difference * difference;
    }
    Arrays.setAll(gradient, j -> gradient[j] + slope[j]);
    return sum;
  }
}
