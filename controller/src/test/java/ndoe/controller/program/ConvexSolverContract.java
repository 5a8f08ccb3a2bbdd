package ndoe.controller.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every convex solver must do; implementations say only which solver it is. */
abstract class ConvexSolverContract {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  abstract ConvexSolver solver();

  @ParameterizedTest
  @CsvSource({"1,1,0", "5,3,0", "20,12,0", "60,40,0", "60,40,1", "60,40,2", "120,80,0"})
  void findsKnownOptimumOfQuadraticProgram(int variables, int rows, long seed) {
    assertFinds(new KnownOptimum(variables, rows, true, 1, seed));
  }

  @ParameterizedTest
  @CsvSource({"1,1,0", "5,3,0", "20,12,0", "60,40,0", "60,40,1", "60,40,2", "120,80,0"})
  void findsKnownOptimumOfLinearProgram(int variables, int rows, long seed) {
    assertFinds(new KnownOptimum(variables, rows, false, 1, seed));
  }

  @Test
  void minimizesWithoutAnyRow() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    Variable free = builder.variable("free", -INFINITY, INFINITY);
    Variable held = builder.variable("held", -INFINITY, 2);
    builder.addQuadraticCost(free, 2).addLinearCost(free, -6).addConstant(1);
    builder.addQuadraticCost(held, 1).addLinearCost(held, -5);
    Solution solution = solver().solve(builder.build());
    assertTrue(solution.usable(), solution::message);
    assertEquals(3, solution.value(free), 1e-4);
    assertEquals(2, solution.value(held), 1e-4);
    assertEquals(-3, solution.reducedCost(held), 1e-3);
    assertEquals(9 - 18 + 1 + 2 - 10, solution.objective(), 1e-4);
  }

  @Test
  void copesWithRepeatedEmptyAndFixedParts() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    Variable x = builder.variable("x", 0, 1e6);
    Variable y = builder.variable("y", 0, 1e6);
    Variable fixed = builder.variable("fixed", 2, 2);
    builder.row("sum", 5, 5).add(x, 1).add(y, 1).add(fixed, 0.5);
    builder.row("sum again", 5, 5).add(x, 1).add(y, 1).add(fixed, 0.5);
    builder.row("sum doubled", 10, 10).add(x, 2).add(y, 2).add(fixed, 1);
    builder.row("empty", 0, 0);
    builder.row("open", -INFINITY, INFINITY).add(x, 1);
    builder.row("only fixed", 4, 4).add(fixed, 2);
    builder.addQuadraticCost(x, 1).addQuadraticCost(y, 3).addLinearCost(fixed, 1);
    Solution solution = solver().solve(builder.build());
    assertTrue(solution.usable(), solution::message);
    assertEquals(3, solution.value(x), 1e-3);
    assertEquals(1, solution.value(y), 1e-3);
    assertEquals(4.5 + 1.5 + 2, solution.objective(), 1e-4);
  }

  @Test
  void sumsRepeatedCoefficients() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    Variable x = builder.variable("x", -INFINITY, INFINITY);
    builder.row("x", 3, INFINITY).add(x, 1).add(x, 0.5);
    builder.addLinearCost(x, 1).addLinearCost(x, 1);
    Solution solution = solver().solve(builder.build());
    assertEquals(4, solution.objective(), 1e-5);
  }

  @Test
  void resolvesAfterChangesLikeAFreshProgram() {
    KnownOptimum known = new KnownOptimum(30, 20, true, 1, 3);
    KnownOptimum other = new KnownOptimum(30, 20, true, 1, 3);
    PreparedProgram changing = solver().prepare(known.program);
    Random random = new Random(5);
    changing.solve();
    for (int round = 0; round < 3; round++) {
      PreparedProgram fresh = solver().prepare(other.program);
      for (int j = 0; j < known.variables.size(); j++) {
        double cost = random.nextGaussian();
        double at = known.value[j];
        // Switches between fixed and open, one-sided and two-sided bounds.
        double room = j % 3 == round ? 0 : 1 + random.nextDouble();
        changing.setLinearCost(known.variables.get(j), cost);
        fresh.setLinearCost(other.variables.get(j), cost);
        changing.setBounds(known.variables.get(j), at - room, at + 2 * room);
        fresh.setBounds(other.variables.get(j), at - room, at + 2 * room);
      }
      for (int i = 0; i < known.rows.size(); i += 4) {
        changing.setBounds(known.rows.get(i), -INFINITY, INFINITY);
        fresh.setBounds(other.rows.get(i), -INFINITY, INFINITY);
      }
      Solution expected = fresh.solve();
      Solution actual = changing.solve();
      assertTrue(actual.usable(), actual::message);
      assertEquals(expected.objective(), actual.objective(), 1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"true,1e-5", "true,1e-8", "false,1e-5", "false,1e-8"})
  void solvesNearAnEarlierSolutionLikeFromNowhere(boolean curved, double accuracy) {
    KnownOptimum known = new KnownOptimum(30, 20, curved, 1, 3);
    PreparedProgram prepared = solver().prepare(known.program);
    double[] cost = known.program.numbers().linear;
    Solution before = prepared.solve();
    for (int round = 0; round < 4; round++) {
      for (int j = 0; j < known.variables.size(); j++) {
        // Upwards where the lower bound holds: a linear program's vertex stays the optimum.
        double change = 0.1 * known.reducedCost[j];
        prepared.setLinearCost(known.variables.get(j), cost[j] + round * change);
      }
      Solution expected = prepared.solve();
      before = prepared.solveNear(before, accuracy);
      assertTrue(before.usable(), before::message);
      double size = 1 + Math.abs(expected.objective());
      assertEquals(expected.objective(), before.objective(), 3e-5 * size);
    }
  }

  @Test
  void refusesToCallAContradictionSolvedNearASolution() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    Variable x = builder.variable("x", 0, 10);
    Variable y = builder.variable("y", 0, 10);
    builder.row("at most", -INFINITY, 3).add(x, 1).add(y, 1);
    Row least = builder.row("at least", 1, INFINITY).add(x, 1).add(y, 1);
    builder.addQuadraticCost(x, 1);
    PreparedProgram prepared = solver().prepare(builder.build());
    Solution before = prepared.solve();
    assertTrue(before.usable(), before::message);
    prepared.setBounds(least, 4, INFINITY);
    Solution contradicting = prepared.solveNear(before, 1e-6);
    assertEquals(Solution.Status.FAILED, contradicting.status(), contradicting::toString);
    assertFalse(contradicting.message().isEmpty());
    prepared.setBounds(least, 2, INFINITY);
    Solution after = prepared.solveNear(contradicting, 1e-6);
    assertTrue(after.usable(), after::message);
    assertEquals(0, after.objective(), 1e-4);
  }

  @Test
  void rejectsAStartOfAnotherProgramAndAccuraciesThatAreNoStatus() {
    KnownOptimum known = new KnownOptimum(3, 2, true, 1, 1);
    KnownOptimum other = new KnownOptimum(3, 2, true, 1, 1);
    PreparedProgram prepared = solver().prepare(known.program);
    Solution own = prepared.solve();
    Solution foreign = solver().solve(other.program);
    assertThrows(IllegalArgumentException.class, () -> prepared.solveNear(foreign, 1e-6));
    for (double accuracy : new double[] {0, 9e-9, 2e-5, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> prepared.solveNear(own, accuracy));
    }
  }

  @Test
  void leavesTheProgramItselfUnchanged() {
    KnownOptimum known = new KnownOptimum(10, 6, true, 1, 4);
    PreparedProgram prepared = solver().prepare(known.program);
    prepared.setLinearCost(known.variables.get(0), 100);
    prepared.solve();
    assertFinds(known);
  }

  @Test
  void refusesToCallContradictingRowsSolved() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    Variable x = builder.variable("x", 0, 10);
    Variable y = builder.variable("y", 0, 10);
    builder.row("at most", -INFINITY, 3).add(x, 1).add(y, 1);
    builder.row("at least", 4, INFINITY).add(x, 1).add(y, 1);
    builder.addQuadraticCost(x, 1);
    assertFails(builder.build());
  }

  @Test
  void refusesToCallContradictingEquationsSolved() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    Variable x = builder.variable("x", -INFINITY, INFINITY);
    Variable y = builder.variable("y", -INFINITY, INFINITY);
    builder.row("three", 3, 3).add(x, 1).add(y, 1);
    builder.row("four", 4, 4).add(x, 1).add(y, 1);
    builder.addQuadraticCost(x, 1).addQuadraticCost(y, 1);
    assertFails(builder.build());
  }

  @Test
  void refusesToCallAContradictingFixedPartSolved() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    Variable x = builder.variable("x", 2, 2);
    builder.row("three", 3, 3).add(x, 1);
    assertFails(builder.build());
  }

  @Test
  void refusesToCallAnUnboundedProgramSolved() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    Variable x = builder.variable("x", 0, INFINITY);
    Variable y = builder.variable("y", 0, INFINITY);
    builder.row("difference", -1, 1).add(x, 1).add(y, -1);
    builder.addLinearCost(x, -1);
    assertFails(builder.build());
  }

  @ParameterizedTest
  @CsvSource({"4,2,0.2,1", "6,2,0.2,1", "6,2,1,2", "4,4,0.2,2", "6,2,0,1"})
  void agreesWithThePeerOnProsumerDays(int intervals, int samples, double penalty, long seed) {
    ConvexProgram program = new ProsumerDay(intervals, samples, penalty, true, seed).program;
    Solution expected = peer().solve(program);
    Solution actual = solver().solve(program);
    assertTrue(expected.usable(), expected::message);
    assertTrue(actual.usable(), actual::message);
    assertEquals(expected.objective(), actual.objective(), 1e-5 * Math.abs(expected.objective()));
  }

  /** The other solver, to compare with where the optimum isn't known. */
  abstract ConvexSolver peer();

  @Test
  void rejectsKeysOfAnotherProgram() {
    KnownOptimum known = new KnownOptimum(3, 2, true, 1, 1);
    KnownOptimum other = new KnownOptimum(3, 2, true, 1, 1);
    PreparedProgram prepared = solver().prepare(known.program);
    Solution solution = prepared.solve();
    assertThrows(
        IllegalArgumentException.class, () -> prepared.setLinearCost(other.variables.get(0), 1));
    assertThrows(IllegalArgumentException.class, () -> solution.value(other.variables.get(0)));
    assertThrows(IllegalArgumentException.class, () -> solution.dual(other.rows.get(0)));
  }

  private void assertFinds(KnownOptimum known) {
    Solution solution = solver().solve(known.program);
    assertTrue(solution.usable(), solution::message);
    double scale = 1 + Math.abs(known.objective);
    assertEquals(known.objective, solution.objective(), 1e-5 * scale, solution::message);
  }

  private void assertFails(ConvexProgram program) {
    Solution solution = solver().solve(program);
    assertEquals(Solution.Status.FAILED, solution.status(), solution::toString);
    assertFalse(solution.message().isEmpty());
  }
}
