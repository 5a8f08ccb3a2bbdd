package ndoe.controller.program;

import java.util.Arrays;

/**
 * The factorization {@code PKP' = LDL'} of a sparse symmetric quasi-definite matrix.
 *
 * <p>Such a matrix has one in every order of elimination, with a sign of each pivot that is known
 * beforehand: R. J. Vanderbei, "Symmetric quasidefinite matrices", SIAM J. Optim. 5 (1995). A pivot
 * that rounding drives to zero or over it is replaced, see {@link #replacedPivots()}. The pattern
 * of L comes from the elimination tree's reach: T. A. Davis, "Direct Methods for Sparse Linear
 * Systems", SIAM (2006), chapter 4. It is analyzed once, down to the place of every product that is
 * subtracted, because columns are too short here for searching to pay.
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

  /** Where the value of an entry goes in L; ~k for the diagonal of column k. */
  private final int[] upperPlace;

  /** L by columns, without its unit diagonal. */
  private final int[] columnStart;

  private final int[] columnRow;
  private final double[] columnValue;

  /**
   * Where the products of an entry of L with those below it in its column are subtracted: at
   * consecutive places of L from this one, or if ~i at the scattered places from i.
   */
  private final int[] target;

  private final int[] scattered;
  private final double[] pivot;
  private final double[] work;
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
    columnStart = new int[n + 1];
    int[] anyOrder = MinimumDegree.order(n, upper.start, upper.row);
    permute(upper, anyOrder);
    countEntries(parent, new int[n + 1]);
    order = inPostorder(anyOrder, parent);
    permute(upper, order);
    int[] rowStart = new int[n + 1];
    countEntries(parent, rowStart);
    sign = new int[n];
    for (int k = 0; k < n; k++) {
      sign[k] = signs[order[k]];
    }
    columnRow = new int[columnStart[n]];
    columnValue = new double[columnStart[n]];
    fillPattern(parent);
    upperPlace = new int[upperRow.length];
    target = new int[columnStart[n]];
    int[] rowColumn = rowColumns(rowStart);
    scattered = new int[findTargets(rowStart, rowColumn)];
    fillScattered(rowStart, rowColumn);
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
    Arrays.fill(columnValue, 0);
    for (int p = 0; p < upperPlace.length; p++) {
      int place = upperPlace[p];
      if (place >= 0) {
        columnValue[place] = values[upperSource[p]];
      } else {
        pivot[~place] = values[upperSource[p]];
      }
    }
    for (int j = 0; j < n; j++) {
      if (!(pivot[j] * sign[j] > SMALLEST_PIVOT)) {
        pivot[j] = sign[j] * REPLACEMENT_PIVOT;
        replacedPivots++;
      }
      eliminate(columnStart[j], columnStart[j + 1], pivot[j]);
    }
  }

  /** Divides a column by its pivot and takes its products off the columns to the right. */
  private void eliminate(int begin, int end, double diagonal) {
    double[] value = columnValue;
    int[] place = scattered;
    for (int p = begin; p < end; p++) {
      double entry = value[p];
      double factor = entry / diagonal;
      value[p] = factor;
      pivot[columnRow[p]] -= factor * entry;
      int to = target[p];
      if (to >= 0) {
        for (int q = p + 1; q < end; q++) {
          value[to++] -= factor * value[q];
        }
      } else {
        to = ~to;
        for (int q = p + 1; q < end; q++) {
          value[place[to++]] -= factor * value[q];
        }
      }
    }
  }

  /** Solves {@code K x = b}; both arrays may be the same. */
  void solve(double[] b, double[] x) {
    double[] z = work;
    double[] value = columnValue;
    int[] at = columnRow;
    for (int k = 0; k < n; k++) {
      z[k] = b[order[k]];
    }
    for (int j = 0; j < n; j++) {
      double known = z[j];
      int end = known == 0 ? 0 : columnStart[j + 1];
      for (int p = columnStart[j]; p < end; p++) {
        z[at[p]] -= value[p] * known;
      }
    }
    for (int j = n - 1; j >= 0; j--) {
      double sum = z[j] / pivot[j];
      int end = columnStart[j + 1];
      for (int p = columnStart[j]; p < end; p++) {
        sum -= value[p] * z[at[p]];
      }
      z[j] = sum;
    }
    for (int k = 0; k < n; k++) {
      x[order[k]] = z[k];
      z[k] = 0;
    }
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
  private void countEntries(int[] parent, int[] rowStart) {
    int[] visited = new int[n];
    Arrays.fill(columnStart, 0);
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
    int[] filled = Arrays.copyOf(columnStart, n);
    for (int k = 0; k < n; k++) {
      visited[k] = k;
      for (int p = upperStart[k]; p < upperStart[k + 1]; p++) {
        for (int i = upperRow[p]; visited[i] != k; i = parent[i]) {
          columnRow[filled[i]++] = k;
          visited[i] = k;
        }
      }
    }
  }

  /** Returns the columns in which each row of L has entries. */
  private int[] rowColumns(int[] rowStart) {
    int[] rowColumn = new int[columnStart[n]];
    int[] next = Arrays.copyOf(rowStart, n);
    for (int j = 0; j < n; j++) {
      for (int p = columnStart[j]; p < columnStart[j + 1]; p++) {
        rowColumn[next[columnRow[p]]++] = j;
      }
    }
    return rowColumn;
  }

  /** Finds where entries go, and returns the number of products whose places are scattered. */
  private int findTargets(int[] rowStart, int[] rowColumn) {
    int[] place = new int[n];
    int[] next = Arrays.copyOf(columnStart, n);
    for (int k = 0; k < n; k++) {
      for (int p = columnStart[k]; p < columnStart[k + 1]; p++) {
        place[columnRow[p]] = p;
      }
      // The entries of row k, which follow each other in their columns, act on column k.
      for (int i = rowStart[k]; i < rowStart[k + 1]; i++) {
        int p = next[rowColumn[i]]++;
        int last = columnStart[rowColumn[i] + 1] - 1;
        boolean consecutive =
            p == last || place[columnRow[last]] - place[columnRow[p + 1]] == last - p - 1;
        target[p] = !consecutive ? -1 : p == last ? 0 : place[columnRow[p + 1]];
      }
    }
    int count = 0;
    for (int j = 0; j < n; j++) {
      for (int p = columnStart[j]; p < columnStart[j + 1]; p++) {
        if (target[p] < 0) {
          target[p] = ~count;
          count += columnStart[j + 1] - p - 1;
        }
      }
    }
    return count;
  }

  private void fillScattered(int[] rowStart, int[] rowColumn) {
    int[] place = new int[n];
    int[] next = Arrays.copyOf(columnStart, n);
    int[] entryOfRow = new int[n];
    for (int k = 0; k < n; k++) {
      for (int p = columnStart[k]; p < columnStart[k + 1]; p++) {
        place[columnRow[p]] = p;
      }
      for (int i = rowStart[k]; i < rowStart[k + 1]; i++) {
        int j = rowColumn[i];
        int p = next[j]++;
        entryOfRow[j] = p;
        for (int q = p + 1; target[p] < 0 && q < columnStart[j + 1]; q++) {
          scattered[~target[p] + q - p - 1] = place[columnRow[q]];
        }
      }
      for (int p = upperStart[k]; p < upperStart[k + 1]; p++) {
        upperPlace[p] = upperRow[p] == k ? ~k : entryOfRow[upperRow[p]];
      }
    }
  }
}
