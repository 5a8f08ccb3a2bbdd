package ndoe.controller.program;

import java.util.Arrays;

/**
 * A fill-reducing elimination order for sparse symmetric matrices, by approximate minimum degree.
 *
 * <p>Works on the quotient graph: an eliminated pivot becomes an element that stands for the clique
 * of its neighbors. Degrees are the upper bounds of P. R. Amestoy, T. A. Davis, I. S. Duff, "An
 * approximate minimum degree ordering algorithm", SIAM J. Matrix Anal. Appl. 17 (1996), with mass
 * elimination, indistinguishable nodes and aggressive absorption as described there.
 */
final class MinimumDegree {
  private static final int NONE = -1;

  private final int n;

  /** Neighbors of each live variable that are variables, and those that are elements. */
  private final int[][] variablesOf;

  private final int[][] elementsOf;
  private final int[] variableCount;
  private final int[] elementCount;

  /** Variables of each element; null once absorbed. */
  private final int[][] members;

  /** Number of variables in each element, merged ones included. */
  private final int[] memberWeight;

  /** Number of original variables a live variable stands for; 0 when merged or eliminated. */
  private final int[] weight;

  /** Chain of the variables ordered together with a representative. */
  private final int[] nextMerged;

  private final int[] lastMerged;

  private final int[] degree;
  private final DegreeBuckets buckets;

  private final int[] mark;
  private int stamp;

  /** Size of an element outside the present pivot's, valid when its stamp is the present one. */
  private final int[] outside;

  private final int[] outsideStamp;
  private int eliminated;

  private MinimumDegree(int n, int[] start, int[] row) {
    this.n = n;
    variablesOf = new int[n][];
    elementsOf = new int[n][];
    variableCount = new int[n];
    elementCount = new int[n];
    members = new int[n][];
    memberWeight = new int[n];
    weight = new int[n];
    nextMerged = new int[n];
    lastMerged = new int[n];
    degree = new int[n];
    buckets = new DegreeBuckets(n);
    mark = new int[n];
    outside = new int[n];
    outsideStamp = new int[n];
    Arrays.fill(weight, 1);
    Arrays.fill(nextMerged, NONE);
    fillNeighbors(start, row);
    for (int i = 0; i < n; i++) {
      lastMerged[i] = i;
      degree[i] = variableCount[i];
      buckets.add(i, degree[i]);
    }
  }

  /**
   * Returns the order in which to eliminate: entry {@code k} is the variable eliminated k-th.
   *
   * @param start column starts of the upper triangle
   * @param row row numbers of the upper triangle; the diagonal is ignored
   */
  static int[] order(int n, int[] start, int[] row) {
    return new MinimumDegree(n, start, row).eliminateAll();
  }

  private void fillNeighbors(int[] start, int[] row) {
    for (int pass = 0; pass < 2; pass++) {
      if (pass == 1) {
        for (int i = 0; i < n; i++) {
          variablesOf[i] = new int[variableCount[i]];
          elementsOf[i] = new int[Math.max(4, variableCount[i])];
          variableCount[i] = 0;
        }
      }
      for (int j = 0; j < n; j++) {
        for (int p = start[j]; p < start[j + 1]; p++) {
          int i = row[p];
          if (i != j) {
            if (pass == 1) {
              variablesOf[i][variableCount[i]] = j;
              variablesOf[j][variableCount[j]] = i;
            }
            variableCount[i]++;
            variableCount[j]++;
          }
        }
      }
    }
  }

  private int[] eliminateAll() {
    int[] order = new int[n];
    int count = 0;
    while (count < n) {
      int pivot = buckets.takeLowest();
      eliminate(pivot);
      for (int i = pivot; i != NONE; i = nextMerged[i]) {
        order[count++] = i;
      }
      eliminated = count;
    }
    return order;
  }

  private void eliminate(int pivot) {
    int pivotWeight = weight[pivot];
    int[] clique = formElement(pivot);
    weight[pivot] = 0;
    for (int i : clique) {
      buckets.remove(i);
      memberWeight[pivot] += weight[i];
    }
    measureOverlaps(clique);
    int live = 0;
    int remaining = n - eliminated - pivotWeight;
    for (int i : clique) {
      int neighborsOutside = shrinkNeighbors(i, pivot);
      if (variableCount[i] == 0 && elementCount[i] == 1) {
        // Mass elimination: no neighbor outside the clique, so it may follow the pivot at once.
        memberWeight[pivot] -= weight[i];
        remaining -= weight[i];
        absorb(pivot, i);
      } else {
        degree[i] = Math.min(degree[i], neighborsOutside);
        clique[live++] = i;
      }
    }
    clique = mergeIndistinguishable(Arrays.copyOf(clique, live));
    members[pivot] = clique;
    for (int i : clique) {
      degree[i] = Math.min(degree[i] + memberWeight[pivot], remaining) - weight[i];
      buckets.add(i, degree[i]);
    }
    if (clique.length == 0) {
      members[pivot] = null;
    }
  }

  /** Collects the neighbors of the pivot and absorbs its elements. */
  private int[] formElement(int pivot) {
    stamp++;
    mark[pivot] = stamp;
    int bound = variableCount[pivot];
    for (int k = 0; k < elementCount[pivot]; k++) {
      int[] list = members[elementsOf[pivot][k]];
      bound += list == null ? 0 : list.length;
    }
    int[] clique = new int[bound];
    int size = gather(variablesOf[pivot], variableCount[pivot], clique, 0);
    for (int k = 0; k < elementCount[pivot]; k++) {
      int element = elementsOf[pivot][k];
      if (members[element] != null) {
        size = gather(members[element], members[element].length, clique, size);
        members[element] = null;
      }
    }
    variablesOf[pivot] = null;
    elementsOf[pivot] = null;
    return Arrays.copyOf(clique, size);
  }

  private int gather(int[] list, int length, int[] clique, int size) {
    int count = size;
    for (int k = 0; k < length; k++) {
      int i = list[k];
      if (weight[i] > 0 && mark[i] != stamp) {
        mark[i] = stamp;
        clique[count++] = i;
      }
    }
    return count;
  }

  /** Finds for each element next to the clique how much of it lies outside. */
  private void measureOverlaps(int[] clique) {
    for (int i : clique) {
      for (int k = 0; k < elementCount[i]; k++) {
        int element = elementsOf[i][k];
        if (members[element] != null) {
          if (outsideStamp[element] != stamp) {
            outsideStamp[element] = stamp;
            outside[element] = memberWeight[element];
          }
          outside[element] -= weight[i];
        }
      }
    }
  }

  /**
   * Drops what the new element covers from the neighbors of {@code i} and returns a bound of the
   * weight of the neighbors left outside of the new element.
   */
  private int shrinkNeighbors(int i, int pivot) {
    int bound = 0;
    int kept = 0;
    int[] elements = elementsOf[i];
    for (int k = 0; k < elementCount[i]; k++) {
      int element = elements[k];
      if (members[element] != null) {
        if (outside[element] == 0) {
          members[element] = null; // aggressive absorption
        } else {
          bound += outside[element];
          elements[kept++] = element;
        }
      }
    }
    if (kept == elements.length) {
      elements = elementsOf[i] = Arrays.copyOf(elements, 2 * kept + 1);
    }
    elements[kept++] = pivot;
    elementCount[i] = kept;
    kept = 0;
    int[] variables = variablesOf[i];
    for (int k = 0; k < variableCount[i]; k++) {
      int other = variables[k];
      if (weight[other] > 0 && mark[other] != stamp) {
        bound += weight[other];
        variables[kept++] = other;
      }
    }
    variableCount[i] = kept;
    return bound;
  }

  /**
   * Merges variables of the clique that have the same neighbors and returns those that are left.
   */
  private int[] mergeIndistinguishable(int[] clique) {
    long[] keys = new long[clique.length];
    for (int k = 0; k < clique.length; k++) {
      keys[k] = (hash(clique[k]) << 32) | k;
    }
    Arrays.sort(keys);
    for (int k = 0; k < keys.length; k++) {
      int i = clique[(int) keys[k]];
      if (weight[i] == 0) {
        continue;
      }
      markNeighbors(i);
      for (int l = k + 1; l < keys.length && keys[l] >>> 32 == keys[k] >>> 32; l++) {
        int j = clique[(int) keys[l]];
        if (weight[j] > 0 && sameNeighbors(i, j)) {
          weight[i] += weight[j];
          absorb(i, j);
        }
      }
    }
    int live = 0;
    for (int i : clique) {
      if (weight[i] > 0) {
        clique[live++] = i;
      }
    }
    return Arrays.copyOf(clique, live);
  }

  private long hash(int i) {
    long sum = 0;
    for (int k = 0; k < variableCount[i]; k++) {
      sum += variablesOf[i][k];
    }
    for (int k = 0; k < elementCount[i]; k++) {
      sum += elementsOf[i][k];
    }
    return sum & 0x7fffffffL;
  }

  private void markNeighbors(int i) {
    stamp++;
    for (int k = 0; k < variableCount[i]; k++) {
      mark[variablesOf[i][k]] = stamp;
    }
    // A pivot's own number stands for its element; it can't be a live variable as well.
    for (int k = 0; k < elementCount[i]; k++) {
      mark[elementsOf[i][k]] = stamp;
    }
  }

  private boolean sameNeighbors(int i, int j) {
    if (variableCount[i] != variableCount[j] || elementCount[i] != elementCount[j]) {
      return false;
    }
    for (int k = 0; k < variableCount[j]; k++) {
      if (mark[variablesOf[j][k]] != stamp) {
        return false;
      }
    }
    for (int k = 0; k < elementCount[j]; k++) {
      if (mark[elementsOf[j][k]] != stamp) {
        return false;
      }
    }
    return true;
  }

  /** Lets {@code merged} be ordered right after {@code representative}. */
  private void absorb(int representative, int merged) {
    weight[merged] = 0;
    nextMerged[lastMerged[representative]] = merged;
    lastMerged[representative] = lastMerged[merged];
    variablesOf[merged] = null;
    elementsOf[merged] = null;
  }
}
