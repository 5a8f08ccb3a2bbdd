package ndoe.cosim.opendss;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import ndoe.cosim.Ieee33;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.LadderPowerFlow;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.feeders.Feeder;

/**
 * Prints the processor time of one solution; to be run by hand with the test classes on the class
 * path.
 */
final class SolveSpeed {
  private static final int ROUNDS = 15;
  private static final int SOLUTIONS_PER_ROUND = 4096;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private SolveSpeed() {}

  public static void main(String[] args) {
    Feeder feeder = Ieee33.atSourceVoltage(1.03);
    measure("three-phase", OpenDssPowerFlow.threePhase(feeder));
    measure("positive-sequence", OpenDssPowerFlow.positiveSequence(feeder));
    measure("ladder", new LadderPowerFlow(feeder));
  }

  private static void measure(String name, PowerFlow powerFlow) {
    List<Injections> states = RandomStates.of(33, SOLUTIONS_PER_ROUND, 1).toList();
    double[] microseconds = new double[ROUNDS];
    double checksum = 0;
    try (powerFlow) {
      for (int round = 0; round < ROUNDS; round++) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (Injections state : states) {
          checksum += powerFlow.solve(state).lossesKw();
        }
        microseconds[round] =
            (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / SOLUTIONS_PER_ROUND;
      }
    }
    Arrays.sort(microseconds);
    double median = microseconds[ROUNDS / 2];
    System.out.printf(
        "%-18s median %6.1f us, best %6.1f us, %7.0f solutions/s, checksum %.6f%n",
        name, median, microseconds[0], 1e6 / median, checksum);
  }
}
