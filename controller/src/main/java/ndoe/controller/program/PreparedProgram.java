package ndoe.controller.program;

/**
 * A program whose structure is analysed and whose costs and bounds may change between solves.
 *
 * <p>Holds its own copy of all numbers; not safe for use by several threads, but separate objects
 * are independent of each other.
 */
public interface PreparedProgram {

  /** Replaces the linear cost of a variable (its quadratic cost stays). */
  void setLinearCost(Variable variable, double cost);

  /** Replaces both bounds of a variable; equal bounds fix it. */
  void setBounds(Variable variable, double lower, double upper);

  /** Replaces both bounds of a row; equal bounds make it an equation. */
  void setBounds(Row row, double lower, double upper);

  /** Solves with the present numbers; the result does not depend on earlier solves. */
  Solution solve();

  /**
   * Solves with the present numbers, starting from an earlier solution of this program, until the
   * residuals and the gap are within the accuracy; depends on nothing but these three.
   *
   * <p>Pays when little has changed since. Where the start does not help, this is a {@link #solve}
   * that stops at the accuracy.
   *
   * @param accuracy the largest of residuals and gap to stop at, from 1e-8 (the most exact status,
   *     as in {@code solve}) to 1e-5 (the least that is usable)
   * @throws IllegalArgumentException if the accuracy is outside that range or the earlier solution
   *     is one of another program
   */
  Solution solveNear(Solution earlier, double accuracy);
}
