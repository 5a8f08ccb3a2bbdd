package ndoe.controller.uncertainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ndoe.feeders.Profile;

/**
 * Reduces a history to a few of its own days, weighted by how many days each stands for, by
 * partitioning around medoids (after Kaufman and Rousseeuw, 1990) with Euclidean distance between
 * trajectories: a greedy start, then every exchange that improves, in order of the days. Ties go to
 * the earlier day, so the result depends on the history alone.
 */
public final class KMedoids {
  private final double[][] distance;

  private KMedoids(List<Profile> history) {
    int days = history.size();
    distance = new double[days][days];
    for (int i = 0; i < days; i++) {
      for (int j = 0; j < i; j++) {
        distance[i][j] = distance[j][i] = distance(history.get(i), history.get(j));
      }
    }
  }

  /**
   * Reduces a history.
   *
   * @param history generation of past days, kW per interval
   * @param samples how many to keep; as many as there are days when there are fewer
   */
  public static List<Sample> reduce(List<Profile> history, int samples) {
    KMedoids clustering = new KMedoids(history);
    int[] medoids = clustering.swap(clustering.build(Math.min(samples, history.size())));
    int[] members = new int[medoids.length];
    for (int day = 0; day < history.size(); day++) {
      members[clustering.nearest(medoids, day)]++;
    }
    List<Sample> kept = new ArrayList<>();
    for (int k = 0; k < medoids.length; k++) {
      if (members[k] > 0) {
        kept.add(new Sample((double) members[k] / history.size(), history.get(medoids[k])));
      }
    }
    return kept;
  }

  private static double distance(Profile a, Profile b) {
    double squares = 0;
    for (int t = 0; t < a.intervals(); t++) {
      squares += Math.pow(a.at(t) - b.at(t), 2);
    }
    return Math.sqrt(squares);
  }

  /** Greedy start: each new medoid lowers the total distance most. */
  private int[] build(int count) {
    int[] medoids = new int[0];
    while (medoids.length < count) {
      int best = -1;
      double bestCost = Double.POSITIVE_INFINITY;
      for (int candidate = 0; candidate < distance.length; candidate++) {
        int[] tried = Arrays.copyOf(medoids, medoids.length + 1);
        tried[medoids.length] = candidate;
        double cost = cost(tried);
        if (!contains(medoids, candidate) && better(cost, bestCost)) {
          best = candidate;
          bestCost = cost;
        }
      }
      medoids = Arrays.copyOf(medoids, medoids.length + 1);
      medoids[medoids.length - 1] = best;
    }
    return medoids;
  }

  /** Exchanges a medoid for another day as long as that lowers the total distance. */
  private int[] swap(int[] start) {
    int[] medoids = start.clone();
    double cost = cost(medoids);
    boolean improved = true;
    while (improved) {
      improved = false;
      for (int k = 0; k < medoids.length; k++) {
        for (int day = 0; day < distance.length; day++) {
          if (contains(medoids, day)) {
            continue;
          }
          int[] tried = medoids.clone();
          tried[k] = day;
          double triedCost = cost(tried);
          if (better(triedCost, cost)) {
            medoids = tried;
            cost = triedCost;
            improved = true;
          }
        }
      }
    }
    Arrays.sort(medoids);
    return medoids;
  }

  /** Lower by more than rounding. */
  private static boolean better(double cost, double than) {
    return cost < than - 1e-9 * (1 + cost);
  }

  private double cost(int[] medoids) {
    double cost = 0;
    for (int day = 0; day < distance.length; day++) {
      cost += distance[day][medoids[nearest(medoids, day)]];
    }
    return cost;
  }

  private int nearest(int[] medoids, int day) {
    int nearest = 0;
    for (int k = 1; k < medoids.length; k++) {
      if (distance[day][medoids[k]] < distance[day][medoids[nearest]]) {
        nearest = k;
      }
    }
    return nearest;
  }

  private static boolean contains(int[] values, int value) {
    return Arrays.stream(values).anyMatch(v -> v == value);
  }
}
