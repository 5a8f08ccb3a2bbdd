package ndoe.controller.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.study.NegotiationBenchmark;
import ndoe.controller.study.NegotiationBenchmark.Result;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.feeders.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "negotiation",
    description =
        "Time to agree against the time of one program that decides for all, next to what is to be"
            + " reached. The exit code says nothing about either.")
final class BenchNegotiationCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private ScenarioArgument scenario;

  private PrintWriter out;

  @Override
  public Integer call() {
    out = command.commandLine().getOut();
    Scenario day = scenario.read();
    AcValidator judge = new AcValidator(OpenDssPowerFlow::positiveSequence);
    Result result =
        new NegotiationBenchmark(day, new InteriorPointSolver(), judge, this::measuring).run();
    out.println();
    line("", "", "to reach");
    line("central: build and solve", seconds(result.centralSeconds()), "");
    line("central: CPU time", seconds(result.centralWorkSeconds()), "");
    line("negotiation, linear network", seconds(result.negotiationSeconds()), "at most 2 s");
    line("negotiation: CPU time, all parties", seconds(result.negotiationWorkSeconds()), "");
    line("negotiation over central", percent(result.ratio(), 1), "at most 50 %");
    line("rounds", Integer.toString(result.rounds()), "at most 15");
    line("trading cycles", Integer.toString(result.cycles()), "");
    line("objective off the optimum", percent(result.distanceFraction(), 4), "at most 0.05 %");
    line("certified gap", percent(result.gapFraction(), 4), "at most 0.3 %");
    line("negotiation with AC network", seconds(result.wholeSeconds()), "at most 6 s");
    line(
        "AC violations at %d points".formatted(result.pointsTried()),
        Long.toString(result.violations()),
        "0");
    out.printf(
        "%nmedians of the last three repetitions; %s, %d prosumers, %d intervals; %d cores, Java"
            + " %s%n",
        day.name(),
        day.prosumers().size(),
        day.horizon().intervals(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"));
    out.flush();
    return 0;
  }

  private void measuring(String what) {
    out.println("measuring " + what);
    out.flush();
  }

  private void line(String what, String measured, String toReach) {
    out.println("%-36s %12s   %s".formatted(what, measured, toReach).stripTrailing());
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f s", seconds);
  }

  private static String percent(double fraction, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f %%", 100 * fraction);
  }
}
