package ndoe.controller.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SolutionCheckTest {
  private final KnownOptimum known = new KnownOptimum(20, 12, true, 1, 1);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsNothingWrongWithAKnownOptimum(boolean curved) {
    KnownOptimum exact = new KnownOptimum(50, 30, curved, 1000, 2);
    SolutionCheck check = check(exact, new Point(exact.value, exact.dual, exact.reducedCost));
    assertTrue(check.worst() < 1e-13, check::describe);
    assertEquals(exact.objective, check.objective(), 1e-9);
  }

  @Test
  void seesAnInfeasibleValue() {
    double[] x = known.value.clone();
    int fixed = firstHeld();
    x[fixed] -= Math.signum(known.reducedCost[fixed]) * 1e-3;
    SolutionCheck check = check(known, new Point(x, known.dual, known.reducedCost));
    assertTrue(check.primalResidual() > 1e-4, check::describe);
    assertEquals(Solution.Status.FAILED, check.status());
  }

  @Test
  void seesAWrongDual() {
    double[] dual = known.dual.clone();
    dual[0] += 1e-3;
    SolutionCheck check = check(known, new Point(known.value, dual, known.reducedCost));
    assertTrue(check.dualResidual() > 1e-5, check::describe);
    assertEquals(Solution.Status.FAILED, check.status());
  }

  @Test
  void seesAFeasiblePointThatIsNotOptimal() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    builder.addLinearCost(builder.variable("x", 0, 1), 1);
    ConvexProgram program = builder.build();
    Point point = new Point(new double[] {0.5}, new double[0], new double[] {1});
    SolutionCheck check = new SolutionCheck(program.numbers(), point);
    assertEquals(0, check.primalResidual());
    assertEquals(0, check.dualResidual());
    assertEquals(0.5 / 1.5, check.dualityGap(), 1e-12);
    assertEquals(Solution.Status.FAILED, check.status());
  }

  @Test
  void seesAPriceOfABoundThatIsNotThere() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    builder.addLinearCost(builder.variable("x", Double.NEGATIVE_INFINITY, 1), 1);
    Point point = new Point(new double[] {0}, new double[0], new double[] {1});
    SolutionCheck check = new SolutionCheck(builder.build().numbers(), point);
    assertEquals(1, check.dualResidual());
  }

  @Test
  void failsWhateverIsNotANumber() {
    double[] x = known.value.clone();
    x[3] = Double.NaN;
    SolutionCheck check = check(known, new Point(x, known.dual, known.reducedCost));
    assertEquals(Solution.Status.FAILED, check.status());
  }

  private int firstHeld() {
    int j = 0;
    while (known.reducedCost[j] == 0) {
      j++;
    }
    return j;
  }

  private static SolutionCheck check(KnownOptimum program, Point point) {
    return new SolutionCheck(program.program.numbers(), point);
  }
}
