package ndoe.controller.program;

/**
 * Solves sparse convex quadratic programs; safe for use by several threads at once.
 *
 * <p>Infeasible and unbounded programs, and those the solver can't finish, are values: a {@link
 * Solution} with status {@link Solution.Status#FAILED} and a message.
 */
public interface ConvexSolver {

  /**
   * Does the work that depends on the structure of the program only.
   *
   * @throws IllegalArgumentException if the quadratic cost is not convex
   */
  PreparedProgram prepare(ConvexProgram program);

  /** Prepares and solves in one go, for programs that are solved once. */
  default Solution solve(ConvexProgram program) {
    return prepare(program).solve();
  }
}
