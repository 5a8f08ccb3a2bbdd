package ndoe.controller.program;

/** The bounds of all items: distances to them, their prices, and the steps of both. */
final class Sides {
  private final int size;
  private final double[] lower;
  private final double[] upper;

  /** Items with a bound on either side, below first, above then. */
  private final boolean[] below;

  private final boolean[] above;
  private final int count;

  private final double[] distanceBelow;
  private final double[] distanceAbove;
  private final double[] priceBelow;
  private final double[] priceAbove;

  /** Distance by the activity minus the distance kept. */
  private final double[] errorBelow;

  private final double[] errorAbove;

  /** What the product of distance and price is to lose in the step. */
  private final double[] excessBelow;

  private final double[] excessAbove;
  private final double[] distanceStepBelow;
  private final double[] distanceStepAbove;
  private final double[] priceStepBelow;
  private final double[] priceStepAbove;

  Sides(ScaledProgram program) {
    size = program.itemCount;
    lower = program.lower;
    upper = program.upper;
    below = new boolean[size];
    above = new boolean[size];
    int sum = 0;
    for (int k = 0; k < size; k++) {
      below[k] = program.hasLower(k);
      above[k] = program.hasUpper(k);
      sum += (below[k] ? 1 : 0) + (above[k] ? 1 : 0);
    }
    count = sum;
    distanceBelow = new double[size];
    distanceAbove = new double[size];
    priceBelow = new double[size];
    priceAbove = new double[size];
    errorBelow = new double[size];
    errorAbove = new double[size];
    excessBelow = new double[size];
    excessAbove = new double[size];
    distanceStepBelow = new double[size];
    distanceStepAbove = new double[size];
    priceStepBelow = new double[size];
    priceStepAbove = new double[size];
  }

  boolean present(int item) {
    return below[item] || above[item];
  }

  /** Sets distances well inside and prices such that all products are alike. */
  void start(double[] activity, double[] price) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      double width = upper[k] - lower[k];
      double least = Math.min(10, width / 4);
      if (below[k]) {
        distanceBelow[k] = Math.max(activity[k] - lower[k], least);
      }
      if (above[k]) {
        distanceAbove[k] = Math.max(upper[k] - activity[k], least);
      }
      if (present(k)) {
        double nearest = Double.POSITIVE_INFINITY;
        nearest = below[k] ? Math.min(nearest, distanceBelow[k]) : nearest;
        nearest = above[k] ? Math.min(nearest, distanceAbove[k]) : nearest;
        sum += Math.min(nearest, 1e3);
      }
    }
    double mu = count == 0 ? 0 : Math.max(1e-2, sum / count);
    for (int k = 0; k < size; k++) {
      priceBelow[k] = below[k] ? mu / distanceBelow[k] : 0;
      priceAbove[k] = above[k] ? mu / distanceAbove[k] : 0;
    }
    refresh(activity, price);
  }

  /**
   * Sets distances and prices by an activity and a net price.
   *
   * @return the largest violation of the rule that distance or price is zero
   */
  double take(double[] activity, double[] price) {
    double largest = 0;
    for (int k = 0; k < size; k++) {
      distanceBelow[k] = below[k] ? Math.max(0, activity[k] - lower[k]) : 0;
      distanceAbove[k] = above[k] ? Math.max(0, upper[k] - activity[k]) : 0;
      priceBelow[k] = below[k] ? Math.max(0, -price[k]) : 0;
      priceAbove[k] = above[k] ? Math.max(0, price[k]) : 0;
      largest = Math.max(largest, Math.min(distanceBelow[k], priceBelow[k]));
      largest = Math.max(largest, Math.min(distanceAbove[k], priceAbove[k]));
    }
    refresh(activity, price);
    return largest;
  }

  /**
   * Moves each distance and its price by the same amount to where their product is mu.
   *
   * <p>The smoothing of C. Kanzow, "Some noninterior continuation methods for linear
   * complementarity problems", SIAM J. Matrix Anal. Appl. 17 (1996), run backwards.
   */
  void center(double mu, double[] activity, double[] price) {
    for (int k = 0; k < size; k++) {
      if (below[k]) {
        distanceBelow[k] = centered(distanceBelow[k] - priceBelow[k], mu);
        priceBelow[k] = mu / distanceBelow[k];
      }
      if (above[k]) {
        distanceAbove[k] = centered(distanceAbove[k] - priceAbove[k], mu);
        priceAbove[k] = mu / distanceAbove[k];
      }
    }
    refresh(activity, price);
  }

  /** Returns the positive d of which {@code d − mu/d} is the difference. */
  private static double centered(double difference, double mu) {
    double root = Math.sqrt(difference * difference + 4 * mu);
    // Two forms of the same, of which one cancels.
    return difference > 0 ? (difference + root) / 2 : 2 * mu / (root - difference);
  }

  void refresh(double[] activity, double[] price) {
    for (int k = 0; k < size; k++) {
      if (below[k]) {
        errorBelow[k] = activity[k] - lower[k] - distanceBelow[k];
      }
      if (above[k]) {
        errorAbove[k] = upper[k] - activity[k] - distanceAbove[k];
      }
      if (present(k)) {
        price[k] = priceAbove[k] - priceBelow[k];
      }
    }
  }

  double largestError() {
    double largest = 0;
    for (int k = 0; k < size; k++) {
      largest = Math.max(largest, Math.max(Math.abs(errorBelow[k]), Math.abs(errorAbove[k])));
    }
    return largest;
  }

  double complementarity() {
    return complementarityAfter(0, 0);
  }

  /** Returns the mean product after a step of these lengths. */
  double complementarityAfter(double primal, double dual) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum +=
          (distanceBelow[k] + primal * distanceStepBelow[k])
                  * (priceBelow[k] + dual * priceStepBelow[k])
              + (distanceAbove[k] + primal * distanceStepAbove[k])
                  * (priceAbove[k] + dual * priceStepAbove[k]);
    }
    return count == 0 ? 0 : sum / count;
  }

  /** Sets the change of net price per change of activity of the items with bounds. */
  void weights(double[] weight) {
    for (int k = 0; k < size; k++) {
      if (present(k)) {
        weight[k] =
            (below[k] ? priceBelow[k] / distanceBelow[k] : 0)
                + (above[k] ? priceAbove[k] / distanceAbove[k] : 0);
      }
    }
  }

  /**
   * Sets the product that the next step aims at.
   *
   * @param secondOrder whether to account for the product of the last computed steps
   */
  void aimAt(double mu, boolean secondOrder) {
    for (int k = 0; k < size; k++) {
      double productBelow = secondOrder ? distanceStepBelow[k] * priceStepBelow[k] : 0;
      double productAbove = secondOrder ? distanceStepAbove[k] * priceStepAbove[k] : 0;
      excessBelow[k] = below[k] ? distanceBelow[k] * priceBelow[k] + productBelow - mu : 0;
      excessAbove[k] = above[k] ? distanceAbove[k] * priceAbove[k] + productAbove - mu : 0;
    }
  }

  /** Sets by how much each net price changes if the activity stays. */
  void drifts(double[] drift) {
    for (int k = 0; k < size; k++) {
      double sum = 0;
      if (below[k]) {
        sum += (excessBelow[k] + priceBelow[k] * errorBelow[k]) / distanceBelow[k];
      }
      if (above[k]) {
        sum -= (excessAbove[k] + priceAbove[k] * errorAbove[k]) / distanceAbove[k];
      }
      drift[k] = sum;
    }
  }

  /**
   * Derives the steps of an item's sides.
   *
   * <p>The distant side follows from the activity. The near side, where that would cancel, follows
   * from the net price.
   */
  void step(int k, double activityStep, double netPriceStep) {
    double stiffBelow = below[k] ? priceBelow[k] / distanceBelow[k] : -1;
    double stiffAbove = above[k] ? priceAbove[k] / distanceAbove[k] : -1;
    if (stiffBelow >= stiffAbove) {
      if (above[k]) {
        distanceStepAbove[k] = errorAbove[k] - activityStep;
        priceStepAbove[k] =
            -(excessAbove[k] + priceAbove[k] * distanceStepAbove[k]) / distanceAbove[k];
      }
      priceStepBelow[k] = priceStepAbove[k] - netPriceStep;
      distanceStepBelow[k] =
          -(excessBelow[k] + distanceBelow[k] * priceStepBelow[k]) / priceBelow[k];
    } else {
      if (below[k]) {
        distanceStepBelow[k] = errorBelow[k] + activityStep;
        priceStepBelow[k] =
            -(excessBelow[k] + priceBelow[k] * distanceStepBelow[k]) / distanceBelow[k];
      }
      priceStepAbove[k] = priceStepBelow[k] + netPriceStep;
      distanceStepAbove[k] =
          -(excessAbove[k] + distanceAbove[k] * priceStepAbove[k]) / priceAbove[k];
    }
  }

  /** Returns the longest step up to one that goes this part of the way to a zero distance. */
  double primalLength(double part) {
    return Math.min(
        length(distanceBelow, distanceStepBelow, part),
        length(distanceAbove, distanceStepAbove, part));
  }

  double dualLength(double part) {
    return Math.min(
        length(priceBelow, priceStepBelow, part), length(priceAbove, priceStepAbove, part));
  }

  private static double length(double[] value, double[] step, double part) {
    double length = 1;
    for (int k = 0; k < value.length; k++) {
      if (step[k] < 0 && -length * step[k] > part * value[k]) {
        length = -part * value[k] / step[k];
      }
    }
    return length;
  }

  void move(double primal, double dual) {
    for (int k = 0; k < size; k++) {
      distanceBelow[k] += primal * distanceStepBelow[k];
      distanceAbove[k] += primal * distanceStepAbove[k];
      priceBelow[k] += dual * priceStepBelow[k];
      priceAbove[k] += dual * priceStepAbove[k];
    }
  }
}
