/**
 * Sparse convex quadratic programs and their solver; the only package that sees a solver.
 *
 * <p>A program is {@code min ½x'Px + q'x + c} subject to {@code l ≤ Ax ≤ u} and {@code lb ≤ x ≤
 * ub}. Build it once, prepare it once, then change costs and bounds and solve as often as needed.
 * Every solution carries residuals that were computed from the original data, whatever the solver
 * claimed.
 */
package ndoe.controller.program;
