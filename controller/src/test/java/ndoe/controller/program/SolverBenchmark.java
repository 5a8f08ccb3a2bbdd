package ndoe.controller.program;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Times the default solver on programs of real size; run by hand, prints milliseconds of processor
 * time.
 */
final class SolverBenchmark {
  private SolverBenchmark() {}

  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    System.out.println("name,variables,rows,entries,setup_ms,first_ms,median_ms,iterations,status");
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
    Random random = new Random(1);
    long begin = processorTime();
    PreparedProgram prepared = new InteriorPointSolver().prepare(program);
    double setup = millisecondsSince(begin);
    double[] times = new double[rounds];
    int iterations = 0;
    Solution.Status worst = Solution.Status.OPTIMAL;
    double scale = Arrays.stream(program.numbers().linear).map(Math::abs).max().orElse(1);
    for (int round = 0; round < rounds; round++) {
      for (Variable variable : coupling) {
        double cost = program.numbers().linear[variable.index];
        prepared.setLinearCost(
            variable, cost + 0.05 * scale * Math.pow(0.85, round) * random.nextGaussian());
        if (coupling.size() > 500) {
          break;
        }
      }
      begin = processorTime();
      Solution solution = prepared.solve();
      times[round] = millisecondsSince(begin);
      iterations = Math.max(iterations, solution.iterations());
      worst = worst.compareTo(solution.status()) > 0 ? worst : solution.status();
      if (!solution.usable() && round == 0) {
        System.out.println("  " + solution);
      }
    }
    double first = times[0];
    Arrays.sort(times);
    System.out.printf(
        "%s,%d,%d,%d,%.1f,%.1f,%.1f,%d,%s%n",
        name,
        program.variableCount(),
        program.rowCount(),
        program.entryCount(),
        setup,
        first,
        times[rounds / 2],
        iterations,
        worst);
  }

  /** Of this thread, in ns: not disturbed by what else the machine does. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double millisecondsSince(long begin) {
    return (processorTime() - begin) / 1e6;
  }
}
