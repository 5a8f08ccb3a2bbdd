package ndoe.cosim.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import ndoe.cosim.opendss.MeasuredCircuit;
import ndoe.cosim.opendss.NetworkModel;
import ndoe.feeders.Feeder;

/** How fast the engine solves one feeder: by our binding, by C, by text, and for the judge. */
public final class PowerFlowBenchmark {
  private final Feeder feeder;
  private final Effort effort;
  private final Harness harness;
  private final Consumer<String> progress;

  /**
   * A benchmark on one feeder.
   *
   * @param script of the feeder
   * @param progress hears what is measured next
   */
  public PowerFlowBenchmark(Path script, Effort effort, Consumer<String> progress) {
    this.feeder = BenchmarkFeeder.read(script);
    this.effort = effort;
    this.harness = new Harness(script, effort);
    this.progress = progress;
  }

  /** Writes the circuits that {@code floor.c} reads, and returns their files. */
  public List<Path> writeScripts(Path folder) {
    List<Path> files = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      for (NetworkModel model : NetworkModel.values()) {
        for (Work work : List.of(Work.FLOOR, Work.STRICT_FLOOR)) {
          String digits = work == Work.FLOOR ? "1e-6" : "1e-8";
          Path file = folder.resolve("%s-%s.dss".formatted(nameOf(model), digits));
          files.add(Files.writeString(file, script(model, work)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static String nameOf(NetworkModel model) {
    return model.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String script(NetworkModel model, Work work) {
    return MeasuredCircuit.script(feeder, model, work.tolerancePu());
  }

  /**
   * Measures the models one after the other.
   *
   * @param floorSource {@code floor.c}; without it, or without a compiler, C is left out
   */
  public List<ModelSpeed> run(Optional<Path> floorSource) {
    Optional<FloorProgram> floor = floorSource.flatMap(FloorProgram::compile);
    try {
      return effort.models().stream().map(model -> measure(model, floor)).toList();
    } finally {
      floor.ifPresent(FloorProgram::close);
    }
  }

  private ModelSpeed measure(NetworkModel model, Optional<FloorProgram> program) {
    Map<Work, SolveTimes> times = new EnumMap<>(Work.class);
    Optional<Double> floorChecksum = Optional.empty();
    for (int turn = 1; turn <= effort.turns(); turn++) {
      progress.accept("%s, turn %d of %d".formatted(nameOf(model), turn, effort.turns()));
      for (Work work : Work.values()) {
        if (work != Work.FLOOR && work != Work.STRICT_FLOOR) {
          times.merge(work, harness.run(work, model), SolveTimes::and);
        } else if (program.isPresent()) {
          FloorProgram.Printed printed =
              program.get().run(script(model, work), model, effort.floorPasses());
          times.merge(work, printed.times(), SolveTimes::and);
          if (work == Work.FLOOR) {
            floorChecksum = Optional.of(printed.checksum());
          }
        }
      }
    }
    int nodes = feeder.buses().size() * (model == NetworkModel.THREE_PHASE ? 3 : 1);
    return new ModelSpeed(model, nodes, times, checksum(model), floorChecksum);
  }

  private double checksum(NetworkModel model) {
    LoadSequence loads = new LoadSequence(feeder.buses().size(), model);
    double tolerancePu = Work.BINDING.tolerancePu();
    double sum = 0;
    try (MeasuredCircuit circuit = MeasuredCircuit.byBinding(feeder, model, tolerancePu)) {
      for (int state = 0; state < LoadSequence.STATES; state++) {
        sum += circuit.solve(loads.loadKw(state), loads.loadKvar(state));
      }
    }
    return sum;
  }

  /** Solves so often in one context, and hears how much memory there is now and then. */
  public List<MemoryUse> memory(NetworkModel model, List<Integer> solutions) {
    LoadSequence loads = new LoadSequence(feeder.buses().size(), model);
    List<MemoryUse> found = new ArrayList<>();
    double tolerancePu = Work.BINDING.tolerancePu();
    try (MeasuredCircuit circuit = MeasuredCircuit.byBinding(feeder, model, tolerancePu)) {
      int done = 0;
      for (int each : solutions) {
        progress.accept("memory after " + each + " solutions");
        for (; done < each; done++) {
          int state = done % LoadSequence.STATES;
          circuit.solve(loads.loadKw(state), loads.loadKvar(state));
        }
        found.add(MemoryUse.now(done));
      }
    }
    return found;
  }
}
