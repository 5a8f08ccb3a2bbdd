package ndoe.controller.program;

import java.util.Arrays;

/**
 * A program in the scaled units of one solve, its variables and rows seen as one list of items.
 *
 * <p>Item {@code k} is variable {@code k}, or row {@code k − n}; each has an activity (the value of
 * the variable or of the row) that is free, fixed or between bounds.
 */
final class ScaledProgram {
  private static final double NARROW = 1e-11;

  final ProgramNumbers numbers;
  final int variableCount;
  final int itemCount;
  final SparseMatrix quadratic;
  final SparseMatrix constraints;
  final double[] linear;
  final double[] lower;
  final double[] upper;

  /** Items that take no part in a step: fixed variables, rows without bounds or variables. */
  final boolean[] still;

  /** Rows that demand one value. */
  final boolean[] equation;

  private final Scaling scaling;
  private final double costFactor;

  ScaledProgram(ProgramNumbers numbers, Scaling scaling) {
    this.numbers = numbers;
    this.scaling = scaling;
    SparseMatrix p = numbers.program.quadratic;
    SparseMatrix a = numbers.program.constraints;
    variableCount = a.columnCount;
    itemCount = variableCount + a.rowCount;
    double[] curvature = Scaling.scaledValues(p, scaling.column, scaling.column);
    linear = numbers.linear.clone();
    double largest = 0;
    for (int j = 0; j < variableCount; j++) {
      linear[j] *= scaling.column[j];
      largest = Math.max(largest, Math.abs(linear[j]));
    }
    for (double value : curvature) {
      largest = Math.max(largest, Math.abs(value));
    }
    costFactor = largest > 0 ? 1 / largest : 1;
    for (int j = 0; j < variableCount; j++) {
      linear[j] *= costFactor;
    }
    for (int k = 0; k < curvature.length; k++) {
      curvature[k] *= costFactor;
    }
    quadratic = new SparseMatrix(p.rowCount, p.columnCount, p.start, p.row, curvature);
    double[] coefficients = Scaling.scaledValues(a, scaling.row, scaling.column);
    constraints = new SparseMatrix(a.rowCount, a.columnCount, a.start, a.row, coefficients);
    lower = new double[itemCount];
    upper = new double[itemCount];
    still = new boolean[itemCount];
    equation = new boolean[itemCount];
    classifyItems();
  }

  private void classifyItems() {
    for (int j = 0; j < variableCount; j++) {
      lower[j] = numbers.variables.lower[j] / scaling.column[j];
      upper[j] = numbers.variables.upper[j] / scaling.column[j];
      still[j] = isPoint(numbers.variables, j);
    }
    int[] movable = new int[itemCount];
    for (int j = 0; j < variableCount; j++) {
      for (int p = constraints.start[j]; p < constraints.start[j + 1] && !still[j]; p++) {
        movable[variableCount + constraints.row[p]]++;
      }
    }
    for (int k = variableCount; k < itemCount; k++) {
      int i = k - variableCount;
      lower[k] = numbers.rows.lower[i] * scaling.row[i];
      upper[k] = numbers.rows.upper[i] * scaling.row[i];
      equation[k] = isPoint(numbers.rows, i);
      still[k] = movable[k] == 0 || (Double.isInfinite(lower[k]) && Double.isInfinite(upper[k]));
    }
  }

  /** An interval as narrow as rounding has no inside. */
  private static boolean isPoint(Bounds bounds, int i) {
    double low = bounds.lower[i];
    return !Double.isInfinite(low) && bounds.upper[i] - low <= NARROW * (1 + Math.abs(low));
  }

  boolean hasLower(int item) {
    return !still[item] && !equation[item] && lower[item] != Double.NEGATIVE_INFINITY;
  }

  boolean hasUpper(int item) {
    return !still[item] && !equation[item] && upper[item] != Double.POSITIVE_INFINITY;
  }

  /** Puts the rows' values at x behind x. */
  void activities(double[] x, double[] activity) {
    System.arraycopy(x, 0, activity, 0, variableCount);
    Arrays.fill(activity, variableCount, itemCount, 0);
    for (int j = 0; j < variableCount; j++) {
      double value = x[j];
      for (int p = constraints.start[j]; p < constraints.start[j + 1]; p++) {
        activity[variableCount + constraints.row[p]] += constraints.value[p] * value;
      }
    }
  }

  /** Computes {@code Px + q + A'price} plus the variables' own prices. */
  void stationarity(double[] x, double[] price, double[] result) {
    System.arraycopy(linear, 0, result, 0, variableCount);
    quadratic.symmetricMultiplyAdd(1, x, result);
    for (int j = 0; j < variableCount; j++) {
      double sum = price[j];
      for (int p = constraints.start[j]; p < constraints.start[j + 1]; p++) {
        sum += constraints.value[p] * price[variableCount + constraints.row[p]];
      }
      result[j] += sum;
    }
  }

  /**
   * Returns the point in the program's own units.
   *
   * @param price multiplier of each item, positive where the upper bound holds
   */
  Point unscale(double[] x, double[] price) {
    double[] values = new double[variableCount];
    double[] reducedCost = new double[variableCount];
    double[] dual = new double[itemCount - variableCount];
    for (int i = 0; i < dual.length; i++) {
      dual[i] = -price[variableCount + i] * scaling.row[i] / costFactor;
    }
    for (int j = 0; j < variableCount; j++) {
      double value = x[j] * scaling.column[j];
      Bounds bounds = numbers.variables;
      values[j] = Math.min(Math.max(value, bounds.lower[j]), bounds.upper[j]);
      reducedCost[j] = -price[j] / (scaling.column[j] * costFactor);
    }
    priceFixedVariables(values, dual, reducedCost);
    return new Point(values, dual, reducedCost);
  }

  /** Puts a point in the program's own units into the units and signs of this one. */
  void scale(Point point, double[] x, double[] price) {
    for (int j = 0; j < variableCount; j++) {
      double value = point.x()[j] / scaling.column[j];
      x[j] = Math.min(Math.max(value, lower[j]), upper[j]);
      price[j] = -point.reducedCost()[j] * (scaling.column[j] * costFactor);
    }
    for (int k = variableCount; k < itemCount; k++) {
      int i = k - variableCount;
      price[k] = -point.dual()[i] * costFactor / scaling.row[i];
    }
  }

  /** A fixed variable's reduced cost is whatever stationarity asks for. */
  private void priceFixedVariables(double[] x, double[] dual, double[] reducedCost) {
    double[] gradient = numbers.linear.clone();
    numbers.program.quadratic.symmetricMultiplyAdd(1, x, gradient);
    numbers.program.constraints.transposeMultiplyAdd(-1, dual, gradient);
    for (int j = 0; j < variableCount; j++) {
      if (still[j]) {
        reducedCost[j] = gradient[j];
      }
    }
  }
}
