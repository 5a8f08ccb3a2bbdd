package ndoe.controller.dso;

import java.util.ArrayList;
import java.util.List;

/**
 * A row {@code coefficients · x ≤ bound} over variables of which only a box is known; rows that can
 * never bind inside the box, or only after another one, need not be in a program.
 *
 * @param name of the row in the program
 */
record BoxedRow(LimitKind kind, String name, double[] coefficients, double bound) {

  /** Whether no point of the box breaks the row. */
  private boolean idle(double[] lower, double[] upper) {
    return highest(lower, upper, coefficients, null) <= bound;
  }

  /** Whether every point of the box that keeps {@code other} keeps this row. */
  private boolean followsFrom(BoxedRow other, double[] lower, double[] upper) {
    return highest(lower, upper, coefficients, other.coefficients) <= bound - other.bound;
  }

  /** Largest value over the box of {@code (a − b) · x}. */
  private static double highest(double[] lower, double[] upper, double[] a, double[] b) {
    double highest = 0;
    for (int i = 0; i < a.length; i++) {
      double coefficient = b == null ? a[i] : a[i] - b[i];
      highest += coefficient * (coefficient > 0 ? upper[i] : lower[i]);
    }
    return highest;
  }

  /** The rows of one kind that may bind somewhere in the box. */
  static List<BoxedRow> needed(List<BoxedRow> rows, double[] lower, double[] upper) {
    List<BoxedRow> needed = new ArrayList<>();
    for (BoxedRow row : rows) {
      if (row.idle(lower, upper)
          || needed.stream().anyMatch(other -> row.followsFrom(other, lower, upper))) {
        continue;
      }
      needed.removeIf(other -> other.followsFrom(row, lower, upper));
      needed.add(row);
    }
    return needed;
  }
}
