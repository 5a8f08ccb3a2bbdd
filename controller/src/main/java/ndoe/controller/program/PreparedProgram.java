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

}
