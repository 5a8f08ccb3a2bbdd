package ndoe.cosim.opendss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlowException;
import ndoe.cosim.powerflow.Response;
import ndoe.cosim.powerflow.ResponsivePowerFlow;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.Profile;

/**
 * A circuit in OpenDSS’s own language: unbalanced, with its own load models, transformers,
 * regulators and capacitors. Power enters at nodes at constant power; the circuit’s loads draw what
 * they are told by their own models.
 *
 * <p>Regulators and switched capacitors stand where they come to rest for the loads without
 * anything injected, and are held there whatever is injected: what holds before they have had time
 * to act. {@link #solveRegulated} goes on from there until they rest again. So a state depends on
 * its injections alone.
 *
 * <p>A state with a watched voltage outside 0.4–1.6 pu counts as not converged.
 */
public final class CircuitPowerFlow implements ResponsivePowerFlow {
  private final DssCircuit circuit = new DssCircuit();
  private final String engine;
  private final CircuitBranches branches;
  private final CircuitControls controls;
  private final List<BusId> buses;
  private final int nodes;
  private final int ownLoads;
  private final int[] nodeAt;
  private final double[] nominalVolts;
  private final double[] ratingKva;
  private final int conductors;

  private final double[] settledKw;
  private final double[] settledKvar;
  private boolean settled;
  private final double[] loadKw;
  private final double[] loadKvar;
  // Nodes with a load of ours to inject through, in the order of these loads.
  private final List<Integer> injectable = new ArrayList<>();
  private final boolean[] isInjectable;
  private double[] injectionKw = new double[0];
  private double[] injectionKvar = new double[0];
  private int firstChanged;
  private int lastChanged = -1;
  private final double[] volts;
  private final double[] voltagesPu;

  /**
   * Loads the circuit into an engine context of its own.
   *
   * @throws IllegalArgumentException if the feeder is a balanced one
   * @throws PowerFlowException if the engine cannot be loaded or does not know the circuit’s parts
   *     as they were surveyed
   */
  public CircuitPowerFlow(Feeder feeder) {
    String script =
        feeder
            .circuit()
            .orElseThrow(() -> new IllegalArgumentException(feeder.name() + " has no circuit"));
    buses = feeder.buses();
    nodes = buses.size();
    ownLoads = feeder.loads().size();
    try {
      load(script);
      engine = OpenDssPowerFlow.shortened(circuit.version());
      nodeAt =
          feeder.buses().stream().mapToInt(bus -> circuit.nodes().indexOf(bus.value())).toArray();
      nominalVolts =
          feeder.buses().stream()
              .mapToDouble(bus -> 1000 * circuit.phaseKv(bus.withoutPhases().value()))
              .toArray();
      controls = new CircuitControls(circuit);
      branches = new CircuitBranches(circuit);
      requireAsSurveyed(feeder);
    } catch (RuntimeException e) {
      circuit.close();
      throw e;
    }
    ratingKva =
        branches.all().stream()
            .mapToDouble(
                branch ->
                    branch.normalAmperes()
                        * circuit.phaseKv(branch.from().split("\\.", 2)[0])
                        * branch.phases())
            .toArray();
    conductors = Arrays.stream(conductorsPerLine()).sum();
    loadKw = new double[ownLoads];
    loadKvar = new double[ownLoads];
    settledKw = new double[ownLoads];
    settledKvar = new double[ownLoads];
    isInjectable = new boolean[nodes];
    volts = new double[2 * circuit.nodes().size()];
    voltagesPu = new double[nodes];
  }

  private void load(String script) {
    StringBuilder text = new StringBuilder("Clear\n").append(script);
    CircuitText.solution().forEach(line -> text.append(line).append('\n'));
    circuit.load(text.toString());
  }

  // Loads slow a solution down, so there are some only at nodes that power is injected at.
  @Override
  public void expect(int[] places) {
    int before = injectable.size();
    for (int node : places) {
      if (!isInjectable[node]) {
        String name = buses.get(node).value();
        circuit.command(CircuitText.injection(node, name, nominalVolts[node] / 1000));
        isInjectable[node] = true;
        injectable.add(node);
      }
    }
    if (injectable.size() > before) {
      circuit.rebind();
      injectionKw = new double[injectable.size()];
      injectionKvar = new double[injectable.size()];
      settled = false;
    }
  }

  private void take(Injections injections) {
    expect(
        IntStream.range(0, nodes)
            .filter(
                node ->
                    !isInjectable[node]
                        && (injections.activePowerKw(node) != 0
                            || injections.reactivePowerKvar(node) != 0))
            .toArray());
    firstChanged = injectionKw.length;
    lastChanged = -1;
    for (int each = 0; each < injectionKw.length; each++) {
      double kw = -injections.activePowerKw(injectable.get(each));
      double kvar = -injections.reactivePowerKvar(injectable.get(each));
      if (kw != injectionKw[each] || kvar != injectionKvar[each]) {
        injectionKw[each] = kw;
        injectionKvar[each] = kvar;
        firstChanged = Math.min(firstChanged, each);
        lastChanged = each;
      }
    }
    for (int load = 0; load < ownLoads; load++) {
      loadKw[load] = -injections.activePowerKw(nodes + load);
      loadKvar[load] = -injections.reactivePowerKvar(nodes + load);
    }
  }

  private void requireAsSurveyed(Feeder feeder) {
    boolean loadsAsKnown =
        circuit
            .loads()
            .subList(0, ownLoads)
            .equals(feeder.loads().stream().map(l -> l.name()).toList());
    boolean branchesAsKnown =
        branches.all().stream()
            .map(CircuitBranches.Branch::name)
            .toList()
            .equals(feeder.lines().stream().map(line -> line.id().value()).toList());
    boolean nodesKnown = Arrays.stream(nodeAt).noneMatch(node -> node < 0);
    if (!loadsAsKnown || !branchesAsKnown || !nodesKnown) {
      throw new PowerFlowException(
          "the engine finds other parts in circuit %s than when it was read"
              .formatted(feeder.name()));
    }
  }

  @Override
  public GridState solve(Injections injections) {
    return solved(injections) ? state() : GridState.notConverged(1);
  }

  @Override
  public boolean hasControls() {
    return controls.any();
  }

  @Override
  public GridState solveRegulated(Injections injections) {
    if (!controls.any() || !solved(injections)) {
      return solve(injections);
    }
    // From here on they stand elsewhere, so the next state begins with putting them back.
    settled = false;
    return circuit.settle() && circuit.solveAgain(volts) && readVoltages()
        ? state()
        : GridState.notConverged(1);
  }

  private GridState state() {
    branches.update();
    double losses = 0;
    double reactiveLosses = 0;
    double[] loadingKva = new double[ratingKva.length];
    for (int branch = 0; branch < loadingKva.length; branch++) {
      loadingKva[branch] = branches.loading(branch) * ratingKva[branch];
      losses += 1000 * branches.lossesMw(branch);
      reactiveLosses += 1000 * branches.reactiveLossesMvar(branch);
    }
    return new GridState(
        true, 1, Profile.of(voltagesPu), Profile.of(loadingKva), losses, reactiveLosses);
  }

  @Override
  public Response respond(Injections injections) {
    if (!solved(injections)) {
      return Response.NONE;
    }
    branches.update();
    double[] squared = Arrays.stream(voltagesPu).map(voltage -> voltage * voltage).toArray();
    double[] realMva = new double[conductors];
    double[] imaginaryMva = new double[conductors];
    double[] lossesMw = new double[ratingKva.length];
    int conductor = 0;
    for (int branch = 0; branch < ratingKva.length; branch++) {
      lossesMw[branch] = branches.lossesMw(branch);
      for (int phase = 0; phase < branches.all().get(branch).phases(); phase++) {
        realMva[conductor] = branches.realPart(branch, phase) * ratingKva[branch] / 1000;
        imaginaryMva[conductor] = branches.imaginaryPart(branch, phase) * ratingKva[branch] / 1000;
        conductor++;
      }
    }
    return new Response(true, squared, realMva, imaginaryMva, lossesMw);
  }

  @Override
  public int[] conductorsPerLine() {
    return branches.all().stream().mapToInt(CircuitBranches.Branch::phases).toArray();
  }

  private boolean solved(Injections injections) {
    injections.requireFinite(nodes + ownLoads);
    take(injections);
    if (!rested()) {
      return false;
    }
    int changed = Math.max(0, lastChanged - firstChanged + 1);
    return circuit.solveFrom(
            ownLoads + firstChanged,
            Arrays.copyOfRange(injectionKw, firstChanged, firstChanged + changed),
            Arrays.copyOfRange(injectionKvar, firstChanged, firstChanged + changed),
            volts)
        && readVoltages();
  }

  /** Whether controls are at rest for the loads; they are asked again only when loads change. */
  private boolean rested() {
    boolean same =
        settled && Arrays.equals(loadKw, settledKw) && Arrays.equals(loadKvar, settledKvar);
    if (same) {
      return true;
    }
    settled = false;
    // What was injected before is put back below, whether it changed or not.
    firstChanged = 0;
    lastChanged = injectionKw.length - 1;
    controls.reset();
    if (ownLoads > 0) {
      circuit.setFirst(loadKw, loadKvar);
    }
    // The engine’s matrix is made anew here, and so always for nothing injected.
    double[] nothing = new double[injectable.size()];
    boolean solved = circuit.solveFrom(ownLoads, nothing, nothing, volts);
    if (controls.any() && !(solved && circuit.settle())) {
      return false;
    }
    System.arraycopy(loadKw, 0, settledKw, 0, ownLoads);
    System.arraycopy(loadKvar, 0, settledKvar, 0, ownLoads);
    settled = true;
    return true;
  }

  private boolean readVoltages() {
    for (int node = 0; node < nodes; node++) {
      int at = 2 * nodeAt[node];
      double voltage = Math.hypot(volts[at], volts[at + 1]) / nominalVolts[node];
      // Written so that NaN is refused too.
      if (!(voltage > FeederScript.LOWEST_VOLTAGE_PU
          && voltage < FeederScript.HIGHEST_VOLTAGE_PU)) {
        return false;
      }
      voltagesPu[node] = voltage;
    }
    return true;
  }

  /** What the regulators and switched capacitors of the last state stand at, by element. */
  List<String> positions() {
    return controls.positions();
  }

  @Override
  public String engine() {
    return engine;
  }

  @Override
  public void close() {
    branches.close();
    circuit.close();
  }
}
