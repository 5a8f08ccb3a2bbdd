package ndoe.controller.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InteriorPointSolverTest extends ConvexSolverContract {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Override
  ConvexSolver solver() {
    return new InteriorPointSolver();
  }

  @Override
  ConvexSolver peer() {
    return new OjAlgoSolver();
  }

  @ParameterizedTest
  @CsvSource({"true,1", "true,1000", "true,0.001", "false,1", "false,1000", "false,0.001"})
  void reachesFullAccuracyOnManyRandomProgramsInAnyUnit(boolean curved, double unit) {
    for (int seed = 0; seed < 15; seed++) {
      int size = 1 + seed * 9;
      KnownOptimum known = new KnownOptimum(size, 1 + size * 2 / 3, curved, unit, seed);
      Solution solution = solver().solve(known.program);
      assertEquals(Solution.Status.OPTIMAL, solution.status(), solution::toString);
      double scale = 1 + Math.abs(known.objective);
      assertEquals(known.objective, solution.objective(), 1e-7 * scale);
    }
  }

  @Test
  void findsTheDualsThatWereDrawn() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    // min ½(x² + 2y²) + x with x + y = 4 (price 3), y ≤ 1 (price −1): x = 3 would cost 4.
    Variable x = builder.variable("x", -INFINITY, INFINITY);
    Variable y = builder.variable("y", -INFINITY, 1);
    Row sum = builder.row("sum", 4, 4).add(x, 1).add(y, 1);
    builder.addQuadraticCost(x, 1).addQuadraticCost(y, 2).addLinearCost(x, 1);
    Solution solution = solver().solve(builder.build());
    assertEquals(4, solution.dual(sum), 1e-6);
    assertEquals(2 - 4, solution.reducedCost(y), 1e-6);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void findsDualsOfStronglyConvexProgramsWithIndependentBounds(long seed) {
    KnownOptimum known = new KnownOptimum(40, 8, true, 1, seed);
    Solution solution = solver().solve(known.program);
    double[] duals = known.rows.stream().mapToDouble(solution::dual).toArray();
    double[] prices = known.variables.stream().mapToDouble(solution::reducedCost).toArray();
    assertArrayEquals(known.dual, duals, 1e-4);
    assertArrayEquals(known.reducedCost, prices, 1e-4);
  }

  /** Where duals aren't unique the slopes on both sides differ and a dual lies between them. */
  @ParameterizedTest
  @CsvSource({"true,3", "true,11", "false,3", "false,11"})
  void dualsAreTheSlopeOfTheObjective(boolean curved, long seed) {
    KnownOptimum known = new KnownOptimum(30, 6, curved, 1, seed);
    ProgramNumbers numbers = known.program.numbers();
    PreparedProgram prepared = solver().prepare(known.program);
    Solution solution = prepared.solve();
    for (int i = 0; i < known.rows.size(); i++) {
      Row row = known.rows.get(i);
      double lower = numbers.rows.lower[i];
      double upper = numbers.rows.upper[i];
      DoubleFunction<Solution> shifted =
          shift -> {
            prepared.setBounds(row, lower + shift, upper + shift);
            return prepared.solve();
          };
      assertBetweenSlopes(solution, solution.dual(row), shifted);
      prepared.setBounds(row, lower, upper);
    }
    for (int j = 0; j < known.variables.size(); j++) {
      Variable variable = known.variables.get(j);
      double lower = numbers.variables.lower[j];
      double upper = numbers.variables.upper[j];
      DoubleFunction<Solution> shifted =
          shift -> {
            prepared.setBounds(variable, lower + shift, upper + shift);
            return prepared.solve();
          };
      assertBetweenSlopes(solution, solution.reducedCost(variable), shifted);
      prepared.setBounds(variable, lower, upper);
    }
  }

  private static void assertBetweenSlopes(
      Solution solution, double dual, DoubleFunction<Solution> shifted) {
    double shift = 1e-4;
    Solution up = shifted.apply(shift);
    Solution down = shifted.apply(-shift);
    assertTrue(up.usable(), up::message);
    assertTrue(down.usable(), down::message);
    double above = (up.objective() - solution.objective()) / shift;
    double below = (solution.objective() - down.objective()) / shift;
    assertTrue(
        below - 2e-3 < dual && dual < above + 2e-3, () -> below + ", " + dual + ", " + above);
  }

  /**
   * A convex program's optimum also minimizes the objective made linear there, and ojAlgo's simplex
   * is reliable where its methods for quadratic costs aren't (small days without storage).
   */
  @ParameterizedTest
  @CsvSource({
    "6,2,0.2,true,1",
    "6,2,0.2,false,1",
    "6,2,0.2,false,2",
    "6,2,1,false,2",
    "12,2,0.2,false,2",
    "8,4,0.2,true,1",
    "12,2,0.02,true,3"
  })
  void linearProgramAtTheOptimumFindsNothingBetter(
      int intervals, int samples, double penalty, boolean storage, long seed) {
    assertNothingBetter(new ProsumerDay(intervals, samples, penalty, storage, seed).program);
  }

  @Test
  void linearProgramAtTheOptimumOfAFeederFindsNothingBetter() {
    assertNothingBetter(new FeederDay(1, 3, 1, 5).program);
  }

  private void assertNothingBetter(ConvexProgram program) {
    Solution solution = solver().solve(program);
    assertEquals(Solution.Status.OPTIMAL, solution.status(), solution::toString);
    double[] gradient = program.numbers().linear;
    double[] x = program.variables.stream().mapToDouble(solution::value).toArray();
    program.quadratic.symmetricMultiplyAdd(1, x, gradient);
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    ProgramNumbers numbers = program.numbers();
    double atOptimum = 0;
    List<Row> rows =
        IntStream.range(0, program.rowCount())
            .mapToObj(i -> builder.row("r", numbers.rows.lower[i], numbers.rows.upper[i]))
            .toList();
    SparseMatrix a = program.constraints;
    for (int j = 0; j < x.length; j++) {
      Variable copy = builder.variable("x", numbers.variables.lower[j], numbers.variables.upper[j]);
      builder.addLinearCost(copy, gradient[j]);
      atOptimum += gradient[j] * x[j];
      for (int p = a.start[j]; p < a.start[j + 1]; p++) {
        rows.get(a.row[p]).add(copy, a.value[p]);
      }
    }
    Solution linear = peer().solve(builder.build());
    assertTrue(linear.usable(), linear::message);
    assertEquals(linear.objective(), atOptimum, 1e-6 * (1 + Math.abs(atOptimum)));
  }

  @ParameterizedTest
  @CsvSource({"true,0.2", "false,0.2", "true,0", "false,0"})
  void solvesDaysOfRealSize(boolean storage, double penalty) {
    Solution solution = solver().solve(new ProsumerDay(24, 10, penalty, storage, 1).program);
    assertEquals(Solution.Status.OPTIMAL, solution.status(), solution::toString);
  }

  @Test
  void solvesTheFeederDayAlikeInPerUnitAndKilowatts() {
    Solution perUnit = solver().solve(new FeederDay(6, 16, 1, 3).program);
    Solution kilowatts = solver().solve(new FeederDay(6, 16, 0.001, 3).program);
    assertEquals(Solution.Status.OPTIMAL, perUnit.status(), perUnit::toString);
    assertEquals(Solution.Status.OPTIMAL, kilowatts.status(), kilowatts::toString);
    assertEquals(perUnit.objective(), kilowatts.objective(), 1e-6);
  }

  @Test
  void solvesRepeatedDaysWithTheSameResultWhateverWasSolvedBefore() {
    ProsumerDay day = new ProsumerDay(24, 5, 0.2, true, 9);
    PreparedProgram used = solver().prepare(day.program);
    used.setLinearCost(day.coupling.get(0), 3);
    used.setBounds(day.coupling.get(1), 1, 1);
    used.solve();
    used.setLinearCost(day.coupling.get(0), day.program.numbers().linear[0]);
    used.setBounds(day.coupling.get(1), 0, 5);
    Solution fresh = solver().solve(day.program);
    assertEquals(fresh.objective(), used.solve().objective());
  }

  @Test
  void solvesInParallelWithTheSameResult() {
    ConvexProgram program = new ProsumerDay(24, 5, 0.2, true, 9).program;
    double expected = solver().solve(program).objective();
    ConvexSolver shared = solver();
    List<CompletableFuture<Double>> running =
        IntStream.range(0, 4)
            .mapToObj(k -> CompletableFuture.supplyAsync(() -> shared.solve(program).objective()))
            .toList();
    running.forEach(result -> assertEquals(expected, result.join()));
  }

  private static Stream<Arguments> programs() {
    Stream<KnownOptimum> known =
        IntStream.range(0, 12)
            .mapToObj(
                k -> new KnownOptimum(10 + 9 * k, 7 + 6 * k, k % 2 == 0, k % 3 == 0 ? 1000 : 1, k));
    Stream<ProsumerDay> days =
        Stream.of(
            new ProsumerDay(6, 2, 0.2, true, 1),
            new ProsumerDay(24, 10, 0.2, true, 1),
            new ProsumerDay(24, 10, 0.2, false, 2),
            new ProsumerDay(24, 10, 0, true, 3));
    Stream<FeederDay> feeders =
        Stream.of(new FeederDay(3, 16, 1, 5), new FeederDay(3, 16, 0.001, 5));
    return Stream.of(
            known.map(k -> Arguments.of(k.program, k.variables)),
            days.map(d -> Arguments.of(d.program, d.coupling)),
            feeders.map(d -> Arguments.of(d.program, d.coupling)))
        .flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void solvesNearTheLastSolutionWhileCostsSettle(ConvexProgram program, List<Variable> changing) {
    PreparedProgram prepared = solver().prepare(program);
    Random random = new Random(2);
    double[] cost = program.numbers().linear;
    double scale = Arrays.stream(cost).map(Math::abs).max().orElse(1);
    Solution loose = prepared.solve();
    Solution exact = loose;
    for (int round = 0; round < 8; round++) {
      for (Variable variable : changing) {
        cost[variable.index] += 0.02 * scale * Math.pow(0.6, round) * random.nextGaussian();
        prepared.setLinearCost(variable, cost[variable.index]);
      }
      loose = prepared.solveNear(loose, 1e-6);
      exact = prepared.solveNear(exact, 1e-8);
      assertAgree(prepared.solve(), loose, exact);
    }
  }

  /** Also switches between fixed and open, with and without bounds, and from a bad start. */
  @ParameterizedTest
  @MethodSource("programs")
  void solvesNearASolutionOfOtherBounds(ConvexProgram program, List<Variable> changing) {
    PreparedProgram prepared = solver().prepare(program);
    Solution first = prepared.solve();
    Solution loose = first;
    for (int round = 0; round < 4; round++) {
      for (int k = round; k < changing.size(); k += 3) {
        Variable variable = changing.get(k);
        double at = first.value(variable);
        double room = k % 2 == 0 ? 0 : 1e-3 * Math.pow(10, round);
        double lower = k % 5 == 0 ? at - 10 * room : at - room;
        prepared.setBounds(variable, lower, at + room);
      }
      loose = prepared.solveNear(loose, 1e-6);
      Solution exact = prepared.solveNear(first, 1e-8);
      assertAgree(prepared.solve(), loose, exact);
    }
  }

  private static void assertAgree(Solution expected, Solution loose, Solution exact) {
    assertTrue(exact.status().compareTo(expected.status()) <= 0, exact::toString);
    if (expected.status() != Solution.Status.OPTIMAL) {
      // Unbounded by the change of costs, or with no inside by that of bounds.
      assertTrue(loose.usable() || !expected.usable(), loose::toString);
      return;
    }
    double size = 1 + Math.abs(expected.objective());
    assertEquals(expected.objective(), exact.objective(), 1e-6 * size);
    assertTrue(loose.usable(), loose::toString);
    assertTrue(loose.dualityGap() <= 1e-6, loose::toString);
    assertTrue(loose.primalResidual() <= 1e-6, loose::toString);
    assertTrue(loose.dualResidual() <= 1e-6, loose::toString);
    assertEquals(expected.objective(), loose.objective(), 1e-4 * size);
  }

  @Test
  void returnsAnEarlierSolutionThatIsStillOne() {
    ProsumerDay day = new ProsumerDay(24, 5, 0.2, true, 9);
    PreparedProgram prepared = solver().prepare(day.program);
    Solution solution = prepared.solve();
    Solution again = prepared.solveNear(solution, 1e-7);
    assertEquals(0, again.iterations());
    assertEquals(solution.objective(), again.objective(), 1e-9);
  }

  @Test
  void solvesNearASolutionWithFewerStepsThanFromNowhere() {
    ProsumerDay day = new ProsumerDay(24, 5, 0.2, true, 9);
    PreparedProgram prepared = solver().prepare(day.program);
    Solution before = prepared.solve();
    for (Variable variable : day.coupling) {
      prepared.setLinearCost(
          variable, day.program.numbers().linear[variable.index] + 1e-3 * (variable.index % 3 - 1));
    }
    int near = prepared.solveNear(before, 1e-6).iterations();
    int cold = prepared.solve().iterations();
    assertTrue(2 * near < cold, near + " of " + cold);
  }

  @Test
  void namesTheContradictionNearASolution() {
    FeederDay day = new FeederDay(3, 16, 1, 3);
    PreparedProgram prepared = solver().prepare(day.program);
    Solution before = prepared.solve();
    Variable voltage =
        day.program.variables.stream()
            .filter(v -> v.name().equals("export2.v17"))
            .findFirst()
            .get();
    prepared.setBounds(voltage, 1.2 * 1.2, 1.3 * 1.3);
    Solution solution = prepared.solveNear(before, 1e-5);
    assertEquals(Solution.Status.FAILED, solution.status(), solution::toString);
    assertTrue(solution.message().startsWith("infeasible"), solution::message);
    assertTrue(solution.iterations() <= 120, solution::toString);
    for (Variable variable : day.program.variables) {
      assertFalse(Double.isNaN(solution.value(variable)));
    }
  }

  @Test
  void namesTheRowsThatContradictEachOther() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    Variable x = builder.variable("x", 0, 1e6);
    Variable y = builder.variable("y", 0, 1e6);
    builder.row("demand of the street", 700, INFINITY).add(x, 1).add(y, 1);
    builder.row("rating of the line", -INFINITY, 650).add(x, 1).add(y, 1);
    builder.row("harmless", -INFINITY, 1e5).add(x, 1);
    builder.addQuadraticCost(x, 1);
    Solution solution = solver().solve(builder.build());
    assertEquals(Solution.Status.FAILED, solution.status());
    assertTrue(solution.message().contains("demand of the street"), solution::message);
    assertTrue(solution.message().contains("rating of the line"), solution::message);
    assertTrue(solution.message().startsWith("infeasible"), solution::message);
  }

  @Test
  void namesTheContradictionInALargeProgram() {
    FeederDay day = new FeederDay(3, 16, 1, 3);
    PreparedProgram prepared = solver().prepare(day.program);
    Variable voltage =
        day.program.variables.stream()
            .filter(v -> v.name().equals("export2.v17"))
            .findFirst()
            .get();
    prepared.setBounds(voltage, 1.2 * 1.2, 1.3 * 1.3);
    Solution solution = prepared.solve();
    assertEquals(Solution.Status.FAILED, solution.status(), solution::toString);
    assertTrue(solution.message().startsWith("infeasible"), solution::message);
  }

  @Test
  void namesTheVariablesThatRunAway() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    Variable sold = builder.variable("sold", 0, INFINITY);
    Variable bought = builder.variable("bought", 0, INFINITY);
    Variable other = builder.variable("other", 0, 1);
    builder.row("balance", 1, 1).add(bought, 1).add(sold, -1).add(other, 1);
    builder.addLinearCost(sold, -2).addLinearCost(bought, 1);
    Solution solution = solver().solve(builder.build());
    assertEquals(Solution.Status.FAILED, solution.status());
    assertTrue(solution.message().startsWith("unbounded"), solution::message);
    assertTrue(solution.message().contains("sold"), solution::message);
  }

  @Test
  void rejectsACostThatIsNotConvex() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    Variable x = builder.variable("x", -1, 1);
    Variable y = builder.variable("y", -1, 1);
    builder.addQuadraticCost(x, 1).addQuadraticCost(y, 1).addQuadraticCost(x, y, 2);
    ConvexProgram program = builder.build();
    assertThrows(IllegalArgumentException.class, () -> solver().prepare(program));
  }

  @Test
  void takesIntervalsAsNarrowAsRoundingForPoints() {
    ConvexProgram.Builder builder = new ConvexProgram.Builder();
    Variable x = builder.variable("x", 0, 4.9e-16);
    Variable y = builder.variable("y", 0.1 + 0.2, 0.3);
    Row row = builder.row("row", 2, 2 + 1e-15).add(x, 1).add(y, 1);
    Variable z = builder.variable("z", -INFINITY, INFINITY);
    row.add(z, 1);
    builder.addQuadraticCost(z, 1);
    Solution solution = solver().solve(builder.build());
    assertEquals(Solution.Status.OPTIMAL, solution.status(), solution::toString);
    assertEquals(1.7, solution.value(z), 1e-7);
  }
}
