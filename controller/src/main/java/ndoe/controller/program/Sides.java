package ndoe.controller.program;

/**
 * The bounds of all items: distances to them, their prices, and the steps of both.
 *
 * <p>Sides are kept in one list: first the lower and the upper bound of each item that has both,
 * next to each other, then those of the items with one.
 */
final class Sides {
  private final int count;

  /** Number of sides of items with two of them. */
  private final int paired;

  private final int[] item;
  private final double[] bound;

  /** 1 where the bound is below, −1 where it is above. */
  private final double[] sign;

  private final double[] distance;
  private final double[] price;

  /** Distance by the activity minus the distance kept. */
  private final double[] error;

  /** What the product of distance and price is to lose in the step. */
  private final double[] excess;

  private final double[] stiffness;
  private final double[] inverse;
  private final double[] distanceStep;
  private final double[] priceStep;

  Sides(ScaledProgram program) {
    int twice = 0;
    int once = 0;
    for (int k = 0; k < program.itemCount; k++) {
      boolean both = program.hasLower(k) && program.hasUpper(k);
      twice += both ? 2 : 0;
      once += !both && (program.hasLower(k) || program.hasUpper(k)) ? 1 : 0;
    }
    paired = twice;
    count = twice + once;
    item = new int[count];
    bound = new double[count];
    sign = new double[count];
    distance = new double[count];
    price = new double[count];
    error = new double[count];
    excess = new double[count];
    stiffness = new double[count];
    inverse = new double[count];
    distanceStep = new double[count];
    priceStep = new double[count];
    list(program);
  }

  private void list(ScaledProgram program) {
    int pair = 0;
    int single = paired;
    for (int k = 0; k < program.itemCount; k++) {
      if (program.hasLower(k) && program.hasUpper(k)) {
        set(pair++, k, program.lower[k], 1);
        set(pair++, k, program.upper[k], -1);
      } else if (program.hasLower(k)) {
        set(single++, k, program.lower[k], 1);
      } else if (program.hasUpper(k)) {
        set(single++, k, program.upper[k], -1);
      }
    }
  }

  private void set(int s, int k, double value, double direction) {
    item[s] = k;
    bound[s] = value;
    sign[s] = direction;
  }

  /** Sets distances well inside and prices such that all products are alike. */
  void start(double[] activity, double[] netPrice) {
    double sum = 0;
    for (int s = 0; s < count; s++) {
      double least = s < paired ? Math.min(10, (bound[s | 1] - bound[s & ~1]) / 4) : 10;
      distance[s] = Math.max(sign[s] * (activity[item[s]] - bound[s]), least);
      if (s >= paired) {
        sum += Math.min(distance[s], 1e3);
      } else if (s % 2 == 1) {
        sum += Math.min(Math.min(distance[s - 1], distance[s]), 1e3);
      }
    }
    double mu = count == 0 ? 0 : Math.max(1e-2, sum / count);
    for (int s = 0; s < count; s++) {
      price[s] = mu / distance[s];
    }
    refresh(activity, netPrice);
  }

  /**
   * Sets distances and prices by an activity and a net price.
   *
   * @return the largest violation of the rule that distance or price is zero
   */
  double take(double[] activity, double[] netPrice) {
    double largest = 0;
    for (int s = 0; s < count; s++) {
      distance[s] = Math.max(0, sign[s] * (activity[item[s]] - bound[s]));
      price[s] = Math.max(0, -sign[s] * netPrice[item[s]]);
      largest = Math.max(largest, Math.min(distance[s], price[s]));
    }
    refresh(activity, netPrice);
    return largest;
  }

  /**
   * Moves each distance and its price by the same amount to where their product is mu.
   *
   * <p>The smoothing of C. Kanzow, "Some noninterior continuation methods for linear
   * complementarity problems", SIAM J. Matrix Anal. Appl. 17 (1996), run backwards.
   */
  void center(double mu, double[] activity, double[] netPrice) {
    for (int s = 0; s < count; s++) {
      distance[s] = centered(distance[s] - price[s], mu);
      price[s] = mu / distance[s];
    }
    refresh(activity, netPrice);
  }

  /** Returns the positive d of which {@code d − mu/d} is the difference. */
  private static double centered(double difference, double mu) {
    double root = Math.sqrt(difference * difference + 4 * mu);
    // Two forms of the same, of which one cancels.
    return difference > 0 ? (difference + root) / 2 : 2 * mu / (root - difference);
  }

  /** Recomputes what follows from the activities, and the net prices of the items with bounds. */
  void refresh(double[] activity, double[] netPrice) {
    for (int s = 0; s < count; s++) {
      error[s] = sign[s] * (activity[item[s]] - bound[s]) - distance[s];
    }
    addUp(price, netPrice);
  }

  /** Sets each item's sum over its sides, with the sign of net prices. */
  private void addUp(double[] value, double[] sum) {
    for (int s = 0; s < paired; s += 2) {
      sum[item[s]] = value[s + 1] - value[s];
    }
    for (int s = paired; s < count; s++) {
      sum[item[s]] = -sign[s] * value[s];
    }
  }

  double largestError() {
    double largest = 0;
    for (int s = 0; s < count; s++) {
      largest = Math.max(largest, Math.abs(error[s]));
    }
    return largest;
  }

  double complementarity() {
    double sum = 0;
    for (int s = 0; s < count; s++) {
      sum += distance[s] * price[s];
    }
    return count == 0 ? 0 : sum / count;
  }

  /** Returns the mean product after a step of these lengths. */
  double complementarityAfter(double primal, double dual) {
    double sum = 0;
    for (int s = 0; s < count; s++) {
      sum += (distance[s] + primal * distanceStep[s]) * (price[s] + dual * priceStep[s]);
    }
    return count == 0 ? 0 : sum / count;
  }

  /** Sets the change of net price per change of activity of the items with bounds. */
  void weights(double[] weight) {
    for (int s = 0; s < count; s++) {
      inverse[s] = 1 / distance[s];
      stiffness[s] = price[s] * inverse[s];
    }
    for (int s = 0; s < paired; s += 2) {
      weight[item[s]] = stiffness[s] + stiffness[s + 1];
    }
    for (int s = paired; s < count; s++) {
      weight[item[s]] = stiffness[s];
    }
  }

  /**
   * Sets the product that the next step aims at.
   *
   * @param secondOrder whether to account for the product of the last computed steps
   * @param drift becomes by how much each net price changes if the activity stays
   */
  void aimAt(double mu, boolean secondOrder, double[] drift) {
    for (int s = 0; s < count; s++) {
      double product = secondOrder ? distanceStep[s] * priceStep[s] : 0;
      excess[s] = distance[s] * price[s] + product - mu;
      // For now; the step follows below.
      priceStep[s] = -(excess[s] + price[s] * error[s]) * inverse[s];
    }
    addUp(priceStep, drift);
  }

  /**
   * Derives the steps of all sides.
   *
   * <p>The distant side follows from the activity. The near side, where that would cancel, follows
   * from the net price.
   */
  void step(double[] activityStep, double[] netPriceStep) {
    for (int s = 0; s < paired; s += 2) {
      int k = item[s];
      int near = stiffness[s] >= stiffness[s + 1] ? s : s + 1;
      int far = near ^ 1;
      distanceStep[far] = error[far] + sign[far] * activityStep[k];
      priceStep[far] = -(excess[far] + price[far] * distanceStep[far]) * inverse[far];
      stepNear(near, priceStep[far] - sign[near] * netPriceStep[k]);
    }
    for (int s = paired; s < count; s++) {
      stepNear(s, -sign[s] * netPriceStep[item[s]]);
    }
  }

  private void stepNear(int s, double step) {
    priceStep[s] = step;
    distanceStep[s] = -(excess[s] + distance[s] * step) / price[s];
  }

  /** Returns the longest step up to one that goes this part of the way to a zero distance. */
  double primalLength(double part) {
    return length(distance, distanceStep, part);
  }

  double dualLength(double part) {
    return length(price, priceStep, part);
  }

  private static double length(double[] value, double[] step, double part) {
    double length = 1;
    for (int k = 0; k < value.length; k++) {
      if (-length * step[k] > part * value[k]) {
        length = -part * value[k] / step[k];
      }
    }
    return length;
  }

  void move(double primal, double dual) {
    for (int s = 0; s < count; s++) {
      distance[s] += primal * distanceStep[s];
      price[s] += dual * priceStep[s];
    }
  }
}
