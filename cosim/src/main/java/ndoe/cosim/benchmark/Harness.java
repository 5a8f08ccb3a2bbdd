package ndoe.cosim.benchmark;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import ndoe.cosim.opendss.NetworkModel;
import ndoe.cosim.powerflow.PowerFlowException;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Starts {@link SolveBenchmark} in virtual machines of their own, by JMH.
 *
 * @param script of the feeder
 */
record Harness(Path script, Effort effort) {
  /** Otherwise a measurement of anybody on this machine, or its leftover, would be in the way. */
  private static final String IGNORE_LOCK = "jmh.ignoreLock";

  SolveTimes run(Work work, NetworkModel model) {
    if (work == Work.JUDGE) {
      return run(options("judge", model), 1);
    }
    return run(
        options("solve", model)
            .param("tolerancePu", Double.toString(work.tolerancePu()))
            .param("byText", Boolean.toString(work == Work.TEXT))
            .threads(work.threads()),
        work.threads());
  }

  private ChainedOptionsBuilder options(String benchmark, NetworkModel model) {
    TimeValue time = TimeValue.milliseconds(effort.milliseconds());
    String name = SolveBenchmark.class.getName() + "." + benchmark;
    return new OptionsBuilder()
        .include("^" + Pattern.quote(name) + "$")
        .param("script", script.toAbsolutePath().toString())
        .param("model", model.name())
        .forks(1)
        .warmupIterations(effort.warmUps())
        .warmupTime(time)
        .measurementIterations(effort.times())
        .measurementTime(time)
        .shouldFailOnError(true);
  }

  private static SolveTimes run(ChainedOptionsBuilder options, int threads) {
    System.setProperty(IGNORE_LOCK, "true");
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    OutputFormat format = OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT);
    try {
      Collection<RunResult> results = new Runner(options.build(), format).run();
      return times(results.iterator().next(), threads);
    } catch (RunnerException e) {
      throw new PowerFlowException(
          "a benchmark failed in the virtual machine JMH started for it: " + e.getMessage(), e);
    }
  }

  private static SolveTimes times(RunResult result, int threads) {
    List<Double> microseconds =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .map(each -> each.getPrimaryResult().getScore())
            .toList();
    return new SolveTimes(threads, microseconds);
  }
}
