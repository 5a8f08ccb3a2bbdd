package ndoe.controller.program;

import java.util.Arrays;

/**
 * Row and column factors that bring the entries of {@code [P A'; A 0]} near one.
 *
 * <p>D. Ruiz, "A scaling algorithm to equilibrate both rows and columns norms in matrices", Report
 * RAL-TR-2001-034, Rutherford Appleton Laboratory (2001): divide repeatedly by the square roots of
 * the largest entries. With {@code x = D x̂} the scaled matrices are {@code DPD} and {@code EAD}.
 */
final class Scaling {
  private static final int SWEEPS = 10;

  /** The diagonal D, one factor per variable. */
  final double[] column;

  /** The diagonal E, one factor per row. */
  final double[] row;

  Scaling(SparseMatrix quadratic, SparseMatrix constraints) {
    column = ones(constraints.columnCount);
    row = ones(constraints.rowCount);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double[] columnNorm = new double[column.length];
      double[] rowNorm = new double[row.length];
      measure(quadratic, column, column, columnNorm, columnNorm);
      measure(constraints, row, column, rowNorm, columnNorm);
      divideByRoots(column, columnNorm);
      divideByRoots(row, rowNorm);
    }
  }

  /** Returns the values of a matrix after scaling, in the order of its entries. */
  static double[] scaledValues(SparseMatrix matrix, double[] rowFactor, double[] columnFactor) {
    double[] scaled = new double[matrix.entryCount()];
    for (int j = 0; j < matrix.columnCount; j++) {
      for (int p = matrix.start[j]; p < matrix.start[j + 1]; p++) {
        scaled[p] = matrix.value[p] * rowFactor[matrix.row[p]] * columnFactor[j];
      }
    }
    return scaled;
  }

  private static double[] ones(int length) {
    double[] values = new double[length];
    Arrays.fill(values, 1);
    return values;
  }

  private static void measure(
      SparseMatrix matrix,
      double[] rowFactor,
      double[] columnFactor,
      double[] rowNorm,
      double[] columnNorm) {
    for (int j = 0; j < matrix.columnCount; j++) {
      for (int p = matrix.start[j]; p < matrix.start[j + 1]; p++) {
        int i = matrix.row[p];
        double size = Math.abs(matrix.value[p]) * rowFactor[i] * columnFactor[j];
        rowNorm[i] = Math.max(rowNorm[i], size);
        columnNorm[j] = Math.max(columnNorm[j], size);
      }
    }
  }

  private static void divideByRoots(double[] factor, double[] norm) {
    for (int i = 0; i < factor.length; i++) {
      if (norm[i] > 0) {
        factor[i] /= Math.sqrt(norm[i]);
      }
    }
  }
}
