package ndoe.controller.program;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Proofs from the original data that a program has no solution, read off a diverging iterate. */
final class Certificate {
  /** Points farther out than this are not considered; real quantities are smaller. */
  private static final double FARTHEST = 1e6;

  private static final double RECESSION_TOLERANCE = 1e-6;

  private Certificate() {}

  /** Returns why there is no solution, or an empty string if the point doesn't prove it. */
  static String find(ProgramNumbers numbers, Point point) {
    if (provesInfeasible(numbers, point.dual())) {
      return "infeasible, by a combination of rows led by"
          + largest(point.dual(), numbers.program.rows);
    }
    if (provesUnbounded(numbers, point.x())) {
      return "unbounded, in a direction led by" + largest(point.x(), numbers.program.variables);
    }
    return "";
  }

  /**
   * Farkas: the rows weighted by y demand more of {@code y'Ax} than the variables' bounds can give.
   */
  private static boolean provesInfeasible(ProgramNumbers numbers, double[] y) {
    double[] combined = new double[numbers.linear.length];
    numbers.program.constraints.transposeMultiplyAdd(1, y, combined);
    double demand = 0;
    double size = 0;
    for (int i = 0; i < y.length; i++) {
      double bound = y[i] > 0 ? numbers.rows.lower[i] : numbers.rows.upper[i];
      if (y[i] != 0) {
        demand += y[i] * bound;
        size = Math.max(size, Math.abs(y[i] * bound));
      }
    }
    double supply = 0;
    for (int j = 0; j < combined.length; j++) {
      double bound = combined[j] > 0 ? numbers.variables.upper[j] : numbers.variables.lower[j];
      bound = Math.max(-FARTHEST, Math.min(FARTHEST, bound));
      supply += combined[j] * bound;
      size = Math.max(size, Math.abs(combined[j] * bound));
    }
    return demand - supply > 1e-7 * size && size > 0 && !Double.isInfinite(size);
  }

  /** A direction along which costs fall for ever and no limit is met. */
  private static boolean provesUnbounded(ProgramNumbers numbers, double[] x) {
    double size = 0;
    for (double value : x) {
      size = Math.max(size, Math.abs(value));
    }
    if (!(size > FARTHEST)) {
      return false;
    }
    double[] direction = x.clone();
    double slope = 0;
    for (int j = 0; j < direction.length; j++) {
      direction[j] /= size;
      slope += direction[j] * numbers.linear[j];
    }
    double[] curvature = new double[x.length];
    numbers.program.quadratic.symmetricMultiplyAdd(1, direction, curvature);
    double[] activity = new double[numbers.program.rowCount()];
    numbers.program.constraints.multiplyAdd(1, direction, activity);
    double tolerance = RECESSION_TOLERANCE * Math.min(1, -slope);
    for (double value : curvature) {
      if (!(Math.abs(value) <= tolerance)) {
        return false;
      }
    }
    return slope < 0
        && recedes(numbers.rows, activity, tolerance)
        && recedes(numbers.variables, direction, tolerance);
  }

  private static boolean recedes(Bounds bounds, double[] direction, double tolerance) {
    for (int i = 0; i < direction.length; i++) {
      if ((direction[i] > tolerance && bounds.upper[i] != Double.POSITIVE_INFINITY)
          || (direction[i] < -tolerance && bounds.lower[i] != Double.NEGATIVE_INFINITY)) {
        return false;
      }
    }
    return true;
  }

  private static String largest(double[] values, List<?> named) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(values[i])))
        .limit(3)
        .filter(i -> values[i] != 0)
        .map(i -> String.format(Locale.ROOT, " %s (%.1e)", named.get(i), values[i]))
        .collect(Collectors.joining(","));
  }
}
