package ndoe.cosim.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ndoe.cosim.opendss.MeasuredCircuit;
import ndoe.cosim.opendss.NetworkModel;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.cosim.validation.NetworkLimits;
import ndoe.cosim.validation.Violation;
import ndoe.feeders.Feeder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One solution after another, in a virtual machine that the benchmark harness starts. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SolveBenchmark {

  /** What is solved; each thread has its own. */
  @State(Scope.Thread)
  public static class Circuit {
    @Param("")
    public String script;

    @Param("POSITIVE_SEQUENCE")
    public NetworkModel model;

    @Param("1e-6")
    public double tolerancePu;

    @Param("false")
    public boolean byText;

    private MeasuredCircuit circuit;
    private LoadSequence loads;
    private int next;

    @Setup
    public void open() {
      Feeder feeder = BenchmarkFeeder.read(Path.of(script));
      loads = new LoadSequence(feeder.buses().size(), model);
      circuit =
          byText
              ? MeasuredCircuit.byText(feeder, model, tolerancePu)
              : MeasuredCircuit.byBinding(feeder, model, tolerancePu);
    }

    double solveNext() {
      next = (next + 1) % LoadSequence.STATES;
      return circuit.solve(loads.loadKw(next), loads.loadKvar(next));
    }

    @TearDown
    public void close() {
      circuit.close();
    }
  }

  /** What the judge does with a state. */
  @State(Scope.Thread)
  public static class Judge {
    @Param("")
    public String script;

    @Param("POSITIVE_SEQUENCE")
    public NetworkModel model;

    private PowerFlow powerFlow;
    private NetworkLimits limits;
    private Injections[] states;
    private int next;

    @Setup
    public void open() {
      Feeder feeder = BenchmarkFeeder.read(Path.of(script));
      int buses = feeder.buses().size();
      powerFlow = new OpenDssPowerFlow(feeder, model);
      limits = new NetworkLimits(feeder);
      LoadSequence loads = new LoadSequence(buses, NetworkModel.THREE_PHASE);
      states = new Injections[LoadSequence.STATES];
      for (int state = 0; state < states.length; state++) {
        states[state] = new Injections(buses);
        for (int bus = 0; bus < buses; bus++) {
          states[state].add(bus, -loads.loadKw(state)[bus], -loads.loadKvar(state)[bus]);
        }
      }
    }

    List<Violation> judgeNext() {
      next = (next + 1) % LoadSequence.STATES;
      return limits.check(powerFlow.solve(states[next]), 0, "benchmark");
    }

    @TearDown
    public void close() {
      powerFlow.close();
    }
  }

  @Benchmark
  public double solve(Circuit circuit) {
    return circuit.solveNext();
  }

  @Benchmark
  public List<Violation> judge(Judge judge) {
    return judge.judgeNext();
  }
}
