package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import ndoe.cosim.benchmark.Effort;
import ndoe.cosim.benchmark.MemoryUse;
import ndoe.cosim.benchmark.ModelSpeed;
import ndoe.cosim.benchmark.PowerFlowBenchmark;
import ndoe.cosim.opendss.NetworkModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "powerflow",
    description =
        "Time of one power flow of the 33-bus feeder: all loads changed, solved, all voltages read;"
            + " two to four minutes. The exit code says nothing about it.")
final class BenchPowerFlowCommand implements Callable<Integer> {
  private static final List<Integer> MEMORY_AFTER = List.of(100_000, 500_000, 1_000_000);
  private static final List<Integer> MEMORY_AFTER_QUICK = List.of(100, 500, 1_000);

  @Spec private CommandSpec command;

  @Option(
      names = "--floor",
      description = "Measure the same work in C too, by cosim/native/floor.c; needs a compiler cc.")
  private boolean floor;

  @Option(
      names = "--memory",
      description =
          "Instead: the memory of this process while it solves a million times; clearest with a heap"
              + " of fixed size, NDOE_JAVA_OPTIONS='-Xms32m -Xmx32m -XX:+AlwaysPreTouch"
              + " -XX:+UseSerialGC'.")
  private boolean memory;

  @Option(
      names = "--scripts",
      paramLabel = "FOLDER",
      description = "Instead: write the circuits for running floor.c by hand into this folder.")
  private Path scripts;

  @Option(
      names = "--quick",
      description = "Only see that it works: one representation, and times that mean nothing.")
  private boolean quick;

  private PrintWriter out;

  @Override
  public Integer call() {
    out = command.commandLine().getOut();
    Path script = Ndoe.home().resolve(Path.of("feeders", "ieee33", "feeder.dss"));
    Effort effort = quick ? Effort.quick() : Effort.full();
    PowerFlowBenchmark benchmark = new PowerFlowBenchmark(script, effort, this::measuring);
    if (scripts != null) {
      benchmark.writeScripts(scripts).forEach(out::println);
    } else if (memory) {
      printMemory(
          benchmark.memory(
              NetworkModel.POSITIVE_SEQUENCE, quick ? MEMORY_AFTER_QUICK : MEMORY_AFTER));
    } else {
      printSpeed(benchmark, effort);
    }
    out.flush();
    return 0;
  }

  private void measuring(String what) {
    out.println("measuring " + what);
    out.flush();
  }

  private void printSpeed(PowerFlowBenchmark benchmark, Effort effort) {
    Path source = Ndoe.home().resolve(Path.of("cosim", "native", "floor.c"));
    List<ModelSpeed> speeds = benchmark.run(floor ? Optional.of(source) : Optional.empty());
    for (ModelSpeed speed : speeds) {
      out.println();
      PowerFlowTable.lines(speed).forEach(out::println);
    }
    out.println();
    if (!floor) {
      out.println("The same work in C: --floor, with a C compiler cc; or by hand, see " + source);
    } else if (speeds.stream().anyMatch(speed -> speed.floorChecksum().isEmpty())) {
      out.println("no C compiler cc was found; to compile and run elsewhere, see " + source);
    }
    out.printf(
        "best and median of %s; %d cores, Java %s, %s %s%n",
        "%d times of about %d ms each, measured in turns"
            .formatted(effort.turns() * effort.times(), effort.milliseconds()),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  private void printMemory(List<MemoryUse> uses) {
    out.println();
    out.printf("%12s %14s %20s%n", "solutions", "resident set", "heap after collection");
    for (MemoryUse use : uses) {
      String resident =
          use.residentKb().isPresent() ? use.residentKb().getAsLong() + " kB" : "not available";
      out.printf(Locale.ROOT, "%12d %14s %20s%n", use.solutions(), resident, use.heapKb() + " kB");
    }
  }
}
