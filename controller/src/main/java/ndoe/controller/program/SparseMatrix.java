package ndoe.controller.program;

/**
 * A sparse matrix by compressed columns: the entries of column {@code j} are at {@code start[j]} to
 * {@code start[j + 1]} (exclusive), with ascending row numbers.
 */
final class SparseMatrix {
  final int rowCount;
  final int columnCount;
  final int[] start;
  final int[] row;
  final double[] value;

  SparseMatrix(int rowCount, int columnCount, int[] start, int[] row, double[] value) {
    this.rowCount = rowCount;
    this.columnCount = columnCount;
    this.start = start;
    this.row = row;
    this.value = value;
  }

  int entryCount() {
    return start[columnCount];
  }

  /** Adds {@code factor · M x} to the target. */
  void multiplyAdd(double factor, double[] x, double[] target) {
    for (int j = 0; j < columnCount; j++) {
      double scaled = factor * x[j];
      if (scaled != 0) {
        for (int p = start[j]; p < start[j + 1]; p++) {
          target[row[p]] += value[p] * scaled;
        }
      }
    }
  }

  /** Adds {@code factor · M' y} to the target. */
  void transposeMultiplyAdd(double factor, double[] y, double[] target) {
    for (int j = 0; j < columnCount; j++) {
      double sum = 0;
      for (int p = start[j]; p < start[j + 1]; p++) {
        sum += value[p] * y[row[p]];
      }
      target[j] += factor * sum;
    }
  }

  /** Adds {@code factor · S x} to the target, where this is the upper triangle of symmetric S. */
  void symmetricMultiplyAdd(double factor, double[] x, double[] target) {
    for (int j = 0; j < columnCount; j++) {
      double sum = 0;
      for (int p = start[j]; p < start[j + 1]; p++) {
        int i = row[p];
        sum += value[p] * x[i];
        if (i != j) {
          target[i] += factor * value[p] * x[j];
        }
      }
      target[j] += factor * sum;
    }
  }
}
