package ndoe.controller.program;

import java.util.Arrays;

/** Entries of a sparse matrix in any order, repeated ones to be summed. */
final class Triplets {
  private int[] rows = new int[16];
  private int[] columns = new int[16];
  private final DoubleList values = new DoubleList();

  void add(int row, int column, double value) {
    int size = values.size();
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
      columns = Arrays.copyOf(columns, 2 * size);
    }
    rows[size] = row;
    columns[size] = column;
    values.add(value);
  }

  /** Sorts by column and row, sums repeated entries and drops zeros. */
  SparseMatrix toMatrix(int rowCount, int columnCount) {
    // Two stable counting sorts, the second on the major key.
    int[] order = sorted(rows, rowCount, null);
    order = sorted(columns, columnCount, order);
    int[] starts = new int[columnCount + 1];
    int[] rowIndex = new int[order.length];
    double[] summed = new double[order.length];
    int count = 0;
    int next = 0;
    for (int column = 0; column < columnCount; column++) {
      while (next < order.length && columns[order[next]] == column) {
        int row = rows[order[next]];
        double sum = 0;
        while (next < order.length && columns[order[next]] == column && rows[order[next]] == row) {
          sum += values.get(order[next++]);
        }
        if (sum != 0) {
          rowIndex[count] = row;
          summed[count++] = sum;
        }
      }
      starts[column + 1] = count;
    }
    return new SparseMatrix(
        rowCount,
        columnCount,
        starts,
        Arrays.copyOf(rowIndex, count),
        Arrays.copyOf(summed, count));
  }

  private int[] sorted(int[] keys, int keyCount, int[] order) {
    int size = values.size();
    int[] place = new int[keyCount + 1];
    for (int i = 0; i < size; i++) {
      place[keys[i] + 1]++;
    }
    for (int k = 0; k < keyCount; k++) {
      place[k + 1] += place[k];
    }
    int[] result = new int[size];
    for (int i = 0; i < size; i++) {
      int entry = order == null ? i : order[i];
      result[place[keys[entry]]++] = entry;
    }
    return result;
  }
}
