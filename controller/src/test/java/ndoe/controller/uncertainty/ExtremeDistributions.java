package ndoe.controller.uncertainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Corners of an ambiguity set of few samples, found by trying every choice of active limits; slow,
 * simple and written without regard to how the sets are evaluated elsewhere.
 */
public final class ExtremeDistributions {
  private static final double ROUNDING = 1e-9;

  private ExtremeDistributions() {}

  /** A limit {@code normal · p ≤ most}. */
  private static final class Limit {
    private final double[] normal;
    private final double most;

    Limit(double[] normal, double most) {
      this.normal = normal;
      this.most = most;
    }

    boolean allows(double[] p) {
      double sum = 0;
      for (int k = 0; k < p.length; k++) {
        sum += normal[k] * p[k];
      }
      return sum <= most + ROUNDING;
    }
  }

  public static List<List<Double>> of(NormBall ball) {
    List<Limit> limits = limits(ball);
    Set<List<Double>> corners = new LinkedHashSet<>();
    int active = ball.probabilities().size() - 1;
    choose(limits, 0, new ArrayList<>(), active, corners);
    return List.copyOf(corners);
  }

  /** Whole assignments of samples to samples, and mixtures of two that differ in one sample. */
  public static List<List<Double>> of(WassersteinBall ball) {
    int count = ball.probabilities().size();
    Set<List<Double>> corners = new LinkedHashSet<>();
    for (int code = 0; code < (int) Math.pow(count, count); code++) {
      int[] target = new int[count];
      for (int k = 0, rest = code; k < count; k++, rest /= count) {
        target[k] = rest % count;
      }
      double spare = ball.radiusKwh() - costKwh(ball, target);
      if (spare < -ROUNDING) {
        continue;
      }
      corners.add(rounded(moved(ball, target)));
      for (int k = 0; k < count; k++) {
        for (int j = 0; j < count; j++) {
          int[] other = target.clone();
          other[k] = j;
          double extra = costKwh(ball, other) - costKwh(ball, target);
          if (extra > spare) {
            corners.add(rounded(mixed(moved(ball, target), moved(ball, other), spare / extra)));
          }
        }
      }
    }
    return List.copyOf(corners);
  }

  private static double costKwh(WassersteinBall ball, int[] target) {
    double cost = 0;
    for (int k = 0; k < target.length; k++) {
      cost += ball.probabilities().get(k) * ball.distancesKwh().get(k).get(target[k]);
    }
    return cost;
  }

  private static double[] moved(WassersteinBall ball, int[] target) {
    double[] p = new double[target.length];
    for (int k = 0; k < target.length; k++) {
      p[target[k]] += ball.probabilities().get(k);
    }
    return p;
  }

  private static double[] mixed(double[] some, double[] others, double shareOfOthers) {
    double[] p = new double[some.length];
    for (int k = 0; k < p.length; k++) {
      p[k] = (1 - shareOfOthers) * some[k] + shareOfOthers * others[k];
    }
    return p;
  }

  private static List<Limit> limits(NormBall ball) {
    List<Double> center = ball.probabilities();
    int count = center.size();
    List<Limit> limits = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      double[] up = new double[count];
      up[k] = 1;
      limits.add(new Limit(up, center.get(k) + ball.maximumRadius()));
      double[] down = new double[count];
      down[k] = -1;
      limits.add(new Limit(down, -Math.max(0, center.get(k) - ball.maximumRadius())));
    }
    for (int signs = 0; signs < 1 << count; signs++) {
      double[] normal = new double[count];
      double most = ball.sumRadius();
      for (int k = 0; k < count; k++) {
        normal[k] = (signs >> k & 1) == 1 ? 1 : -1;
        most += normal[k] * center.get(k);
      }
      limits.add(new Limit(normal, most));
    }
    return limits;
  }

  private static void choose(
      List<Limit> limits, int from, List<Limit> chosen, int missing, Set<List<Double>> corners) {
    if (missing == 0) {
      solve(chosen)
          .filter(p -> limits.stream().allMatch(limit -> limit.allows(p)))
          .ifPresent(p -> corners.add(rounded(p)));
      return;
    }
    for (int i = from; i <= limits.size() - missing; i++) {
      chosen.add(limits.get(i));
      choose(limits, i + 1, chosen, missing - 1, corners);
      chosen.remove(chosen.size() - 1);
    }
  }

  /** Where the limits hold with equality and the probabilities sum to 1; empty if not one point. */
  private static Optional<double[]> solve(List<Limit> active) {
    int count = active.size() + 1;
    double[][] rows = new double[count][count + 1];
    Arrays.fill(rows[0], 1);
    for (int i = 1; i < count; i++) {
      System.arraycopy(active.get(i - 1).normal, 0, rows[i], 0, count);
      rows[i][count] = active.get(i - 1).most;
    }
    for (int column = 0; column < count; column++) {
      int pivot = column;
      for (int i = column + 1; i < count; i++) {
        pivot = Math.abs(rows[i][column]) > Math.abs(rows[pivot][column]) ? i : pivot;
      }
      if (Math.abs(rows[pivot][column]) < ROUNDING) {
        return Optional.empty();
      }
      double[] swapped = rows[pivot];
      rows[pivot] = rows[column];
      rows[column] = swapped;
      for (int i = 0; i < count; i++) {
        double factor = i == column ? 0 : rows[i][column] / rows[column][column];
        for (int j = column; j <= count; j++) {
          rows[i][j] -= factor * rows[column][j];
        }
      }
    }
    double[] p = new double[count];
    for (int k = 0; k < count; k++) {
      p[k] = rows[k][count] / rows[k][k];
    }
    return Optional.of(p);
  }

  private static List<Double> rounded(double[] p) {
    List<Double> corner = new ArrayList<>();
    for (double probability : p) {
      corner.add(Math.max(0, Math.rint(probability * 1e12) / 1e12));
    }
    return corner;
  }
}
