package ndoe.controller.program;

import java.util.Arrays;

/** Variables by degree in linked lists, for taking one of lowest degree in constant time. */
final class DegreeBuckets {
  private static final int NONE = -1;

  private final int[] degree;
  private final int[] head;
  private final int[] next;
  private final int[] previous;
  private int lowest;

  DegreeBuckets(int n) {
    degree = new int[n];
    head = new int[Math.max(1, n)];
    next = new int[n];
    previous = new int[n];
    Arrays.fill(head, NONE);
  }

  void add(int i, int degreeOfI) {
    int bucket = Math.max(0, Math.min(degreeOfI, head.length - 1));
    int first = head[bucket];
    degree[i] = bucket;
    next[i] = first;
    previous[i] = NONE;
    if (first != NONE) {
      previous[first] = i;
    }
    head[bucket] = i;
    lowest = Math.min(lowest, bucket);
  }

  int takeLowest() {
    while (head[lowest] == NONE) {
      lowest++;
    }
    int i = head[lowest];
    remove(i);
    return i;
  }

  void remove(int i) {
    if (next[i] != NONE) {
      previous[next[i]] = previous[i];
    }
    if (previous[i] != NONE) {
      next[previous[i]] = next[i];
    } else {
      head[degree[i]] = next[i];
    }
  }
}
