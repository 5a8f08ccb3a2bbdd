package ndoe.controller.program;

import java.util.Arrays;

/**
 * The iterate of one interior-point solve and its predictor-corrector steps.
 *
 * <p>For an item with activity v between bounds l and u there are distances {@code s = v − l},
 * {@code t = u − v}, both kept positive, and their prices; the item's net price (upper minus lower)
 * enters stationarity {@code Px + q + A'price + price of bounds = 0}. Distances may differ from the
 * activity's until the iterate is feasible.
 */
final class InteriorPoint {
  /** How much of the way to the boundary a step may go at least. */
  private static final double TO_BOUNDARY = 0.995;

  private static final double MOST_REGULARIZATION = 1e-5;

  /** Products at which a start from an earlier solution may begin. */
  private static final double LEAST_START = 1e-7;

  private static final double MOST_START = 1e-2;
  private static final double START_PART = 0.03;

  private final ScaledProgram program;
  private final KktSystem kkt;
  private final int n;
  private final int size;

  final double[] x;
  final double[] activity;

  /** Net price of each item, positive where the upper bound holds. */
  final double[] price;

  private final double[] stationarity;
  private final double[] weight;
  private final double[] diagonal;
  private final double[] rightHandSide;
  private final double[] step;
  private final double[] activityStep;
  private final double[] drift;
  private final double[] priceStep;
  private final Sides sides;
  private double regularization = 1e-9;
  private boolean commonLength;
  private double stationarityError;

  InteriorPoint(ScaledProgram program, KktSystem kkt) {
    this.program = program;
    this.kkt = kkt;
    n = program.variableCount;
    size = program.itemCount;
    x = new double[n];
    activity = new double[size];
    price = new double[size];
    stationarity = new double[n];
    weight = new double[size];
    diagonal = new double[size];
    rightHandSide = new double[size];
    step = new double[size];
    activityStep = new double[size];
    drift = new double[size];
    priceStep = new double[size];
    sides = new Sides(program);
    for (int k = n; k < size; k++) {
      weight[k] = program.equation[k] ? Double.POSITIVE_INFINITY : 1;
    }
  }

  /** Starts at the minimum of the objective plus the squared distances to the nearest bounds. */
  void start() {
    for (int k = 0; k < size; k++) {
      double target = Math.min(Math.max(0, program.lower[k]), program.upper[k]);
      boolean bounded = program.hasLower(k) || program.hasUpper(k);
      if (k < n) {
        x[k] = program.still[k] ? target : 0;
        weight[k] = bounded ? 1 : 0;
        rightHandSide[k] = program.still[k] ? 0 : bounded ? target : 0;
      } else {
        rightHandSide[k] = program.still[k] ? 0 : target;
      }
    }
    program.activities(x, activity);
    Arrays.fill(stationarity, 0);
    System.arraycopy(program.linear, 0, stationarity, 0, n);
    program.quadratic.symmetricMultiplyAdd(1, x, stationarity);
    for (int k = 0; k < size; k++) {
      if (!program.still[k]) {
        rightHandSide[k] -= k < n ? stationarity[k] : activity[k];
      }
    }
    factorize();
    kkt.solve(rightHandSide, step);
    for (int j = 0; j < n; j++) {
      x[j] += step[j];
    }
    for (int k = n; k < size; k++) {
      price[k] = program.equation[k] && !program.still[k] ? step[k] : 0;
    }
    program.activities(x, activity);
    sides.start(activity, price);
    refresh();
  }

  /**
   * Starts at a point as it is; {@link #moveInside} must follow before a step.
   *
   * @return by how much the point misses the optimality conditions
   */
  double startAt(Point point) {
    program.scale(point, x, price);
    for (int k = 0; k < size; k++) {
      boolean bounded = program.hasLower(k) || program.hasUpper(k);
      if (!bounded && !(program.equation[k] && !program.still[k])) {
        price[k] = 0;
      }
    }
    program.activities(x, activity);
    double violation = sides.take(activity, price);
    refresh();
    return Math.max(violation, Math.max(stationarityError, feasibilityError()));
  }

  /**
   * Moves distances and prices apart from their bounds, onto the central path's products.
   *
   * @param violation by how much the point misses the optimality conditions
   */
  void moveInside(double violation) {
    // An error of that size in both a distance and its price makes a product of its square; most
    // are smaller than the largest.
    double mu = START_PART * violation * violation;
    mu = Math.max(LEAST_START, Math.min(MOST_START, mu));
    sides.center(mu, activity, price);
    refresh();
  }

  /** Returns the largest of the infeasibilities and the mean product of distance and price. */
  double error() {
    double infeasibility = Math.max(stationarityError, feasibilityError());
    return Math.max(infeasibility, sides.complementarity());
  }

  private double largestStationarity() {
    double largest = 0;
    for (int j = 0; j < n; j++) {
      largest = Math.max(largest, program.still[j] ? 0 : Math.abs(stationarity[j]));
    }
    return largest;
  }

  private double feasibilityError() {
    double largest = sides.largestError();
    for (int k = n; k < size; k++) {
      if (program.equation[k] && !program.still[k]) {
        largest = Math.max(largest, Math.abs(program.lower[k] - activity[k]));
      }
    }
    return largest;
  }

  /** Makes one predictor-corrector step and returns the shorter of its two lengths. */
  double advance() {
    sides.weights(weight);
    while (!factorize() && regularization < MOST_REGULARIZATION) {
      regularization *= 10;
    }
    double mu = sides.complementarity();
    sides.aimAt(0, false, drift);
    solveForStep(false);
    double reached = sides.complementarityAfter(sides.primalLength(1), sides.dualLength(1));
    double centering = mu > 0 ? Math.min(1, Math.pow(reached / mu, 3)) : 0;
    sides.aimAt(centering * mu, true, drift);
    solveForStep(true);
    double toBoundary = Math.max(TO_BOUNDARY, 1 - mu);
    double primal = sides.primalLength(toBoundary);
    double dual = sides.dualLength(toBoundary);
    if (commonLength) {
      primal = dual = Math.min(primal, dual);
    }
    double before = stationarityError;
    move(primal, dual);
    refresh();
    // Lengths may differ, which is exact for linear programs only; see whether it does harm.
    commonLength |= stationarityError > before;
    return Math.min(primal, dual);
  }

  private boolean factorize() {
    for (int k = 0; k < size; k++) {
      if (program.still[k]) {
        diagonal[k] = k < n ? 1 : -1;
      } else {
        diagonal[k] = k < n ? weight[k] : -1 / weight[k];
      }
    }
    return kkt.factorize(diagonal, regularization);
  }

  private void solveForStep(boolean refined) {
    for (int k = 0; k < size; k++) {
      if (program.still[k]) {
        rightHandSide[k] = 0;
      } else if (k < n) {
        rightHandSide[k] = -stationarity[k] - drift[k];
      } else if (program.equation[k]) {
        rightHandSide[k] = program.lower[k] - activity[k];
      } else {
        rightHandSide[k] = -drift[k] / weight[k];
      }
    }
    if (refined) {
      kkt.solve(rightHandSide, step);
    } else {
      kkt.solveOnce(rightHandSide, step);
    }
    program.activities(step, activityStep);
    for (int k = 0; k < size; k++) {
      priceStep[k] = k < n ? weight[k] * step[k] + drift[k] : step[k];
    }
    sides.step(activityStep, priceStep);
  }

  private void move(double primal, double dual) {
    for (int j = 0; j < n; j++) {
      x[j] += primal * step[j];
    }
    for (int k = n; k < size; k++) {
      if (program.equation[k]) {
        price[k] += dual * step[k];
      }
    }
    sides.move(primal, dual);
  }

  /** Recomputes everything that follows from x and the prices. */
  private void refresh() {
    program.activities(x, activity);
    sides.refresh(activity, price);
    program.stationarity(x, price, stationarity);
    stationarityError = largestStationarity();
  }
}
