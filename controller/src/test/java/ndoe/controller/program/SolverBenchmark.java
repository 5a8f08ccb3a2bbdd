package ndoe.controller.program;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Times the default solver on programs of real size; run by hand, prints milliseconds of processor
 * time.
 */
final class SolverBenchmark {
  private SolverBenchmark() {}

  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    System.out.print("name,variables,rows,entries,setup_ms");
    for (String kind : List.of("first", "again", "near_1e-6", "near_1e-8")) {
      System.out.printf(",%1$s_ms,%1$s_iterations,%1$s_most,%1$s_status", kind);
    }
    System.out.println();
    for (int warming = 0; warming < 2; warming++) {
      ProsumerDay quadratic = new ProsumerDay(24, 10, 0.2, true, 7);
      time("prosumer T24 S10", quadratic.program, quadratic.coupling, rounds);
      ProsumerDay linear = new ProsumerDay(24, 10, 0, true, 7);
      time("prosumer T24 S10 linear", linear.program, linear.coupling, rounds);
      ProsumerDay empty = new ProsumerDay(24, 10, 0.2, false, 7);
      time("prosumer T24 S10 no battery", empty.program, empty.coupling, rounds);
      ProsumerDay large = new ProsumerDay(24, 50, 0.2, true, 7);
      time("prosumer T24 S50", large.program, large.coupling, rounds);
      ProsumerDay longer = new ProsumerDay(96, 20, 0.2, true, 7);
      time("prosumer T96 S20", longer.program, longer.coupling, rounds);
      FeederDay feeder = new FeederDay(24, 16, 1, 7);
      time("feeder T24", feeder.program, feeder.coupling, rounds);
      FeederDay kilowatts = new FeederDay(24, 16, 0.001, 7);
      time("feeder T24 kW", kilowatts.program, kilowatts.coupling, rounds);
      FeederDay quarter = new FeederDay(96, 16, 1, 7);
      time("feeder T96", quarter.program, quarter.coupling, rounds);
    }
  }

  private static void time(
      String name, ConvexProgram program, List<Variable> coupling, int rounds) {
    long begin = processorTime();
    PreparedProgram prepared = new InteriorPointSolver().prepare(program);
    double setup = millisecondsSince(begin);
    Timing first = new Timing();
    Timing cold = new Timing();
    Timing loose = new Timing();
    Timing exact = new Timing();
    Solution before = first.time(prepared::solve);
    Solution looseBefore = before;
    Solution exactBefore = before;
    if (!before.usable()) {
      System.out.println("  " + before);
    }
    Random random = new Random(1);
    double[] cost = program.numbers().linear;
    double scale = Arrays.stream(cost).map(Math::abs).max().orElse(1);
    for (int round = 0; round < rounds; round++) {
      for (Variable variable : coupling) {
        cost[variable.index] += 0.02 * scale * Math.pow(0.85, round) * random.nextGaussian();
        prepared.setLinearCost(variable, cost[variable.index]);
      }
      cold.time(prepared::solve);
      Solution looseStart = looseBefore;
      Solution exactStart = exactBefore;
      looseBefore = loose.time(() -> prepared.solveNear(looseStart, 1e-6));
      exactBefore = exact.time(() -> prepared.solveNear(exactStart, 1e-8));
    }
    System.out.printf(
        "%s,%d,%d,%d,%.1f,%s,%s,%s,%s%n",
        name,
        program.variableCount(),
        program.rowCount(),
        program.entryCount(),
        setup,
        first,
        cold,
        loose,
        exact);
  }

  /** Times and iterations of the solves of one kind; median, most, and the worst status. */
  private static final class Timing {
    private final List<Double> milliseconds = new ArrayList<>();
    private final List<Integer> iterations = new ArrayList<>();
    private Solution.Status worst = Solution.Status.OPTIMAL;

    Solution time(Supplier<Solution> solve) {
      long begin = processorTime();
      Solution solution = solve.get();
      milliseconds.add(millisecondsSince(begin));
      iterations.add(solution.iterations());
      worst = worst.compareTo(solution.status()) > 0 ? worst : solution.status();
      return solution;
    }

    @Override
    public String toString() {
      Collections.sort(milliseconds);
      Collections.sort(iterations);
      int middle = iterations.size() / 2;
      return String.format(
          Locale.ROOT,
          "%.1f,%d,%d,%s",
          milliseconds.get(middle),
          iterations.get(middle),
          iterations.get(iterations.size() - 1),
          worst);
    }
  }

  /** Of this thread, in ns: not disturbed by what else the machine does. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double millisecondsSince(long begin) {
    return (processorTime() - begin) / 1e6;
  }
}
