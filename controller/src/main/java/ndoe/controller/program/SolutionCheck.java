package ndoe.controller.program;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The optimality conditions of a program evaluated at a point, from the original data alone.
 *
 * <p>A point with three zeros is optimal: it is feasible, its duals are feasible, and both
 * objectives agree.
 */
final class SolutionCheck {
  static final double OPTIMAL_TOLERANCE = 1e-8;
  static final double ACCEPTABLE_TOLERANCE = 1e-5;

  private final ProgramNumbers numbers;
  private final double[] rowErrors;
  private final double[] boundErrors;
  private final double[] dualErrors;
  private final double objective;
  private final double primalResidual;
  private final double dualResidual;
  private final double dualityGap;

  SolutionCheck(ProgramNumbers numbers, Point point) {
    this.numbers = numbers;
    double[] x = point.x();
    double[] y = point.dual();
    double[] r = point.reducedCost();
    double[] curvature = new double[x.length];
    numbers.program.quadratic.symmetricMultiplyAdd(1, x, curvature);
    rowErrors = rowErrors(x);
    boundErrors = new double[x.length];
    dualErrors = dualErrors(curvature, y, r);
    double quadratic = 0;
    double linear = 0;
    for (int j = 0; j < x.length; j++) {
      boundErrors[j] = violation(numbers.variables, j, x[j]) / (1 + Math.abs(x[j]));
      quadratic += curvature[j] * x[j];
      linear += numbers.linear[j] * x[j];
    }
    double support = support(numbers.rows, y) + support(numbers.variables, r);
    objective = quadratic / 2 + linear + numbers.program.constant;
    double wrongSign =
        Math.max(largestWrongSign(numbers.rows, y), largestWrongSign(numbers.variables, r));
    primalResidual = Math.max(largest(rowErrors), largest(boundErrors));
    dualResidual = Math.max(largest(dualErrors), wrongSign);
    double size = Math.max(Math.abs(quadratic / 2 + linear), Math.abs(support));
    dualityGap = Math.abs(quadratic + linear - support) / (1 + size);
  }

  double objective() {
    return objective;
  }

  double primalResidual() {
    return primalResidual;
  }

  double dualResidual() {
    return dualResidual;
  }

  double dualityGap() {
    return dualityGap;
  }

  /** Returns the largest of the three measures; NaN counts as infinite. */
  double worst() {
    double worst = Math.max(Math.max(primalResidual, dualResidual), dualityGap);
    return Double.isNaN(worst) ? Double.POSITIVE_INFINITY : worst;
  }

  Solution.Status status() {
    if (worst() <= OPTIMAL_TOLERANCE) {
      return Solution.Status.OPTIMAL;
    }
    return worst() <= ACCEPTABLE_TOLERANCE ? Solution.Status.ACCEPTABLE : Solution.Status.FAILED;
  }

  boolean usable() {
    return status() != Solution.Status.FAILED;
  }

  String describe() {
    String text =
        String.format(
            Locale.ROOT,
            "primal %.1e, dual %.1e, gap %.1e",
            primalResidual,
            dualResidual,
            dualityGap);
    if (primalResidual > ACCEPTABLE_TOLERANCE) {
      text += "; worst rows:" + worstNames(rowErrors, numbers.program.rows);
      text += "; worst bounds:" + worstNames(boundErrors, numbers.program.variables);
    }
    if (dualResidual > ACCEPTABLE_TOLERANCE) {
      text += "; worst in stationarity:" + worstNames(dualErrors, numbers.program.variables);
    }
    return text;
  }

  /** Returns up to three names with the largest errors above the acceptable tolerance. */
  static String worstNames(double[] errors, List<?> named) {
    String names =
        IntStream.range(0, errors.length)
            .filter(i -> !(errors[i] <= ACCEPTABLE_TOLERANCE))
            .boxed()
            .sorted((a, b) -> Double.compare(errors[b], errors[a]))
            .limit(3)
            .map(i -> String.format(Locale.ROOT, " %s (%.1e)", named.get(i), errors[i]))
            .collect(Collectors.joining(","));
    return names.isEmpty() ? " none" : names;
  }

  private double[] rowErrors(double[] x) {
    SparseMatrix a = numbers.program.constraints;
    double[] activity = new double[a.rowCount];
    double[] size = new double[a.rowCount];
    for (int j = 0; j < a.columnCount; j++) {
      for (int p = a.start[j]; p < a.start[j + 1]; p++) {
        double term = a.value[p] * x[j];
        activity[a.row[p]] += term;
        size[a.row[p]] = Math.max(size[a.row[p]], Math.abs(term));
      }
    }
    for (int i = 0; i < activity.length; i++) {
      activity[i] = violation(numbers.rows, i, activity[i]) / (1 + size[i]);
    }
    return activity;
  }

  private double[] dualErrors(double[] curvature, double[] y, double[] r) {
    SparseMatrix a = numbers.program.constraints;
    double[] errors = new double[curvature.length];
    for (int j = 0; j < errors.length; j++) {
      double sum = curvature[j] + numbers.linear[j] - r[j];
      double size = Math.max(Math.abs(curvature[j]), Math.abs(numbers.linear[j]));
      for (int p = a.start[j]; p < a.start[j + 1]; p++) {
        double term = a.value[p] * y[a.row[p]];
        sum -= term;
        size = Math.max(size, Math.abs(term));
      }
      errors[j] = Math.abs(sum) / (1 + size);
    }
    return errors;
  }

  private static double violation(Bounds bounds, int i, double value) {
    if (Double.isNaN(value)) {
      return value;
    }
    return Math.max(0, Math.max(bounds.lower[i] - value, value - bounds.upper[i]));
  }

  /** Returns the bounds' part of the dual objective; signs that no bound allows count nothing. */
  private static double support(Bounds bounds, double[] dual) {
    double sum = 0;
    for (int i = 0; i < dual.length; i++) {
      double bound = dual[i] > 0 ? bounds.lower[i] : bounds.upper[i];
      if (dual[i] != 0 && !Double.isInfinite(bound)) {
        sum += dual[i] * bound;
      }
    }
    return sum;
  }

  private static double largestWrongSign(Bounds bounds, double[] dual) {
    double largest = 0;
    for (int i = 0; i < dual.length; i++) {
      double bound = dual[i] > 0 ? bounds.lower[i] : bounds.upper[i];
      if (Double.isInfinite(bound)) {
        largest = Math.max(largest, Math.abs(dual[i]));
      }
    }
    return largest;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).reduce(0, Math::max);
  }
}
