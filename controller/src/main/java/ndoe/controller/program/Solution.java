package ndoe.controller.program;

/**
 * What a solver found, with its quality measured on the original data.
 *
 * <p>Duals are sensitivities: {@link #dual} is the change of the optimal objective per unit by
 * which the bounds of a row are shifted upwards, so it is ≥ 0 where the lower bound holds and ≤ 0
 * where the upper bound holds. {@link #reducedCost} is the same for the bounds of a variable.
 * Together {@code Px + q = A'·dual + reducedCost}.
 */
public final class Solution {

  /** How far a solution can be trusted; decided by the measured residuals and gap. */
  public enum Status {
    /** Residuals and gap are within 1e-8. */
    OPTIMAL,
    /** Residuals and gap are within 1e-5. */
    ACCEPTABLE,
    /** Infeasible, unbounded or not solved; values are the last iterate and not to be used. */
    FAILED
  }

  private final ConvexProgram program;
  private final Status status;
  private final String message;
  private final Point point;
  private final SolutionCheck check;
  private final int iterations;

  Solution(
      ConvexProgram program, String failure, Point point, SolutionCheck check, int iterations) {
    this.program = program;
    this.status = failure.isEmpty() ? check.status() : Status.FAILED;
    this.message = failure.isEmpty() ? check.describe() : failure + "; " + check.describe();
    this.point = point;
    this.check = check;
    this.iterations = iterations;
  }

  public Status status() {
    return status;
  }

  /** Returns whether the values may be used, that is whether the status isn't FAILED. */
  public boolean usable() {
    return status != Status.FAILED;
  }

  /** Returns one line on residuals and gap; after a failure also the reason and the worst rows. */
  public String message() {
    return message;
  }

  /** Returns the objective at the solution, with the constant. */
  public double objective() {
    return check.objective();
  }

  public double value(Variable variable) {
    return point.x()[program.indexOf(variable)];
  }

  /** Returns the change of the objective per unit of upward shift of the row's bounds. */
  public double dual(Row row) {
    return point.dual()[program.indexOf(row)];
  }

  /** Returns the change of the objective per unit of upward shift of the variable's bounds. */
  public double reducedCost(Variable variable) {
    return point.reducedCost()[program.indexOf(variable)];
  }

  /** Returns the largest violation of a row or bound, relative to 1 + the row's largest term. */
  public double primalResidual() {
    return check.primalResidual();
  }

  /** Returns the largest error of stationarity, relative to 1 + the largest term at a variable. */
  public double dualResidual() {
    return check.dualResidual();
  }

  /** Returns primal minus dual objective, absolute value, relative to 1 + the objective's terms. */
  public double dualityGap() {
    return check.dualityGap();
  }

  /** Returns all values and duals. */
  Point point() {
    return point;
  }

  /**
   * Throws unless this solution and the accuracy are such that a solve may start near it.
   *
   * @throws IllegalArgumentException if not
   */
  void checkStart(ConvexProgram other, double accuracy) {
    if (program != other) {
      throw new IllegalArgumentException("The earlier solution is one of another program");
    }
    // Written so that NaN fails as well.
    if (!(accuracy >= SolutionCheck.OPTIMAL_TOLERANCE
        && accuracy <= SolutionCheck.ACCEPTABLE_TOLERANCE)) {
      throw new IllegalArgumentException("The accuracy is not within 1e-8 and 1e-5: " + accuracy);
    }
  }

  /** Returns the solver's iterations. */
  public int iterations() {
    return iterations;
  }

  @Override
  public String toString() {
    return status + " objective " + objective() + " after " + iterations + ": " + message;
  }
}
