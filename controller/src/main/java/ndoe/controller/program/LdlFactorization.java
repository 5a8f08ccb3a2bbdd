package ndoe.controller.program;

import java.util.Arrays;

/**
 * The factorization {@code PKP' = LDL'} of a sparse symmetric quasi-definite matrix.
 *
 * <p>Such a matrix has one in every order of elimination, with a sign of each pivot that is known
 * beforehand: R. J. Vanderbei, "Symmetric quasidefinite matrices", SIAM J. Optim. 5 (1995). A pivot
 * that rounding drives to zero or over it is replaced, see {@link #replacedPivots()}. Rows of L are
 * computed one by one from the elimination tree's reach: T. A. Davis, "Direct Methods for Sparse
 * Linear Systems", SIAM (2006), chapter 4. The pattern is analyzed once.
 */
final class LdlFactorization {
  private static final double SMALLEST_PIVOT = 1e-13;
  private static final double REPLACEMENT_PIVOT = 1e-7;

  private final int n;
  private final int[] order;
  private final int[] sign;

  /** The permuted upper triangle and, for each of its entries, where its value is in K. */
  private final int[] upperStart;

  private final int[] upperRow;
  private final int[] upperSource;

  /** L by columns, without its unit diagonal; the columns in which each row of L has entries. */
  private final int[] columnStart;

  private final int[] columnRow;
  private final double[] columnValue;
  private final int[] rowStart;
  private final int[] rowColumn;
  private final double[] pivot;
  private final double[] work;
  private final int[] filled;
  private int replacedPivots;

  /**
   * Analyzes the pattern.
   *
   * @param upper the upper triangle of K with all diagonal entries; only its pattern is read
   * @param signs +1 or −1 for the sign of the pivot of each variable
   */
  LdlFactorization(SparseMatrix upper, int[] signs) {
    n = upper.columnCount;
    upperStart = new int[n + 1];
    upperRow = new int[upper.entryCount()];
    upperSource = new int[upper.entryCount()];
    int[] parent = new int[n];
    rowStart = new int[n + 1];
    columnStart = new int[n + 1];
    int[] anyOrder = MinimumDegree.order(n, upper.start, upper.row);
    permute(upper, anyOrder);
    countEntries(parent);
    order = inPostorder(anyOrder, parent);
    permute(upper, order);
    countEntries(parent);
    sign = new int[n];
    for (int k = 0; k < n; k++) {
      sign[k] = signs[order[k]];
    }
    columnRow = new int[columnStart[n]];
    columnValue = new double[columnStart[n]];
    rowColumn = new int[columnStart[n]];
    filled = new int[n];
    fillPattern(parent);
    pivot = new double[n];
    work = new double[n];
  }

  int entryCount() {
    return columnStart[n];
  }

  /** Returns how many pivots of the last factorization had to be replaced. */
  int replacedPivots() {
    return replacedPivots;
  }

  /** Factorizes the matrix with these values in the order of the analyzed pattern. */
  void factorize(double[] values) {
    replacedPivots = 0;
    System.arraycopy(columnStart, 0, filled, 0, n);
    for (int k = 0; k < n; k++) {
      for (int p = upperStart[k]; p < upperStart[k + 1]; p++) {
        work[upperRow[p]] = values[upperSource[p]];
      }
      double diagonal = work[k];
      work[k] = 0;
      for (int p = rowStart[k]; p < rowStart[k + 1]; p++) {
        int j = rowColumn[p];
        double entry = work[j];
        work[j] = 0;
        int end = filled[j]++;
        for (int q = columnStart[j]; q < end; q++) {
          work[columnRow[q]] -= columnValue[q] * entry;
        }
        double factor = entry / pivot[j];
        diagonal -= factor * entry;
        columnValue[end] = factor;
      }
      if (!(diagonal * sign[k] > SMALLEST_PIVOT)) {
        diagonal = sign[k] * REPLACEMENT_PIVOT;
        replacedPivots++;
      }
      pivot[k] = diagonal;
    }
  }

  /** Solves {@code K x = b}; both arrays may be the same. */
  void solve(double[] b, double[] x) {
    double[] z = work;
    for (int k = 0; k < n; k++) {
      z[k] = b[order[k]];
    }
    for (int j = 0; j < n; j++) {
      double known = z[j];
      if (known != 0) {
        for (int p = columnStart[j]; p < columnStart[j + 1]; p++) {
          z[columnRow[p]] -= columnValue[p] * known;
        }
      }
    }
    for (int j = n - 1; j >= 0; j--) {
      double sum = z[j] / pivot[j];
      for (int p = columnStart[j]; p < columnStart[j + 1]; p++) {
        sum -= columnValue[p] * z[columnRow[p]];
      }
      z[j] = sum;
    }
    for (int k = 0; k < n; k++) {
      x[order[k]] = z[k];
    }
    Arrays.fill(z, 0);
  }

  /** Keeps the fill, and brings together what is used together: each subtree is contiguous. */
  private int[] inPostorder(int[] anyOrder, int[] parent) {
    int[] firstChild = new int[n + 1];
    int[] nextSibling = new int[n];
    Arrays.fill(firstChild, -1);
    for (int k = n - 1; k >= 0; k--) {
      int above = parent[k] == -1 ? n : parent[k];
      nextSibling[k] = firstChild[above];
      firstChild[above] = k;
    }
    int[] result = new int[n];
    int count = 0;
    int k = firstChild[n];
    while (k != -1) {
      while (firstChild[k] != -1) {
        int child = firstChild[k];
        firstChild[k] = -1;
        k = child;
      }
      result[count++] = anyOrder[k];
      k = nextSibling[k] != -1 ? nextSibling[k] : parent[k];
    }
    return result;
  }

  private void permute(SparseMatrix upper, int[] newOrder) {
    int[] position = new int[n];
    for (int k = 0; k < n; k++) {
      position[newOrder[k]] = k;
    }
    Arrays.fill(upperStart, 0);
    for (int j = 0; j < n; j++) {
      for (int p = upper.start[j]; p < upper.start[j + 1]; p++) {
        upperStart[Math.max(position[upper.row[p]], position[j]) + 1]++;
      }
    }
    for (int k = 0; k < n; k++) {
      upperStart[k + 1] += upperStart[k];
    }
    int[] next = Arrays.copyOf(upperStart, n);
    for (int j = 0; j < n; j++) {
      for (int p = upper.start[j]; p < upper.start[j + 1]; p++) {
        int a = position[upper.row[p]];
        int b = position[j];
        int place = next[Math.max(a, b)]++;
        upperRow[place] = Math.min(a, b);
        upperSource[place] = p;
      }
    }
  }

  /** Builds the elimination tree and counts the entries of L by rows and by columns. */
  private void countEntries(int[] parent) {
    int[] visited = new int[n];
    Arrays.fill(columnStart, 0);
    Arrays.fill(rowStart, 0);
    for (int k = 0; k < n; k++) {
      parent[k] = -1;
      visited[k] = k;
      for (int p = upperStart[k]; p < upperStart[k + 1]; p++) {
        for (int i = upperRow[p]; visited[i] != k; i = parent[i]) {
          if (parent[i] == -1) {
            parent[i] = k;
          }
          columnStart[i + 1]++;
          rowStart[k + 1]++;
          visited[i] = k;
        }
      }
    }
    for (int k = 0; k < n; k++) {
      columnStart[k + 1] += columnStart[k];
      rowStart[k + 1] += rowStart[k];
    }
  }

  private void fillPattern(int[] parent) {
    int[] visited = new int[n];
    System.arraycopy(columnStart, 0, filled, 0, n);
    for (int k = 0; k < n; k++) {
      visited[k] = k;
      for (int p = upperStart[k]; p < upperStart[k + 1]; p++) {
        for (int i = upperRow[p]; visited[i] != k; i = parent[i]) {
          columnRow[filled[i]++] = k;
          visited[i] = k;
        }
      }
    }
    // Going through the columns in ascending order keeps each row's columns ascending, which is an
    // order in which the row can be computed.
    int[] next = Arrays.copyOf(rowStart, n);
    for (int j = 0; j < n; j++) {
      for (int p = columnStart[j]; p < columnStart[j + 1]; p++) {
        rowColumn[next[columnRow[p]]++] = j;
      }
    }
  }
}
