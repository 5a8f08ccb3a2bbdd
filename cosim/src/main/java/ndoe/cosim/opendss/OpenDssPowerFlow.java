package ndoe.cosim.opendss;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.feeders.Feeder;
import ndoe.feeders.Profile;

/**
 * A balanced feeder solved by OpenDSS, loads at constant power; used and closed by the thread that
 * made it. A state with a voltage outside 0.4–1.6 pu counts as not converged, because the engine’s
 * loads no longer draw constant power there.
 */
public final class OpenDssPowerFlow implements PowerFlow {
  private static final Pattern VERSION = Pattern.compile("version (\\S+) .*OpenDSS (SVN \\d+)");

  private final DssCircuit circuit = new DssCircuit();
  private final String engine;
  private final int buses;
  private final int phases;
  private final int phasesPerModelledPhase;
  private final double nominalPhaseVolts;
  private final LineFlows flows;

  private final int[] busPhaseOfNode;
  private final double[] loadKw;
  private final double[] loadKvar;
  private final double[] nodeVolts;
  private final double[] realVolts;
  private final double[] imaginaryVolts;

  /**
   * Loads the feeder into an engine context of its own.
   *
   * @throws IllegalArgumentException if the feeder has islands, unknown buses or no finite values
   * @throws ndoe.cosim.powerflow.PowerFlowException if the engine cannot be loaded on this machine
   */
  public OpenDssPowerFlow(Feeder feeder, NetworkModel model) {
    phases = model.phases();
    phasesPerModelledPhase = model.phasesPerModelledPhase();
    buses = feeder.buses().size();
    nominalPhaseVolts = feeder.nominalVoltageKv() * 1000 / Math.sqrt(3);
    flows = new LineFlows(feeder, model);
    try {
      circuit.load(FeederScript.of(feeder, model));
      engine = shortened(circuit.version());
      busPhaseOfNode = busPhaseOfNode();
      requireLoadPerBus();
    } catch (RuntimeException e) {
      circuit.close();
      throw e;
    }
    loadKw = new double[buses];
    loadKvar = new double[buses];
    nodeVolts = new double[2 * buses * phases];
    realVolts = new double[buses * phases];
    imaginaryVolts = new double[buses * phases];
  }

  /** All three phases: what reports and the twin show. */
  public static PowerFlow threePhase(Feeder feeder) {
    return feeder.isBalanced()
        ? new OpenDssPowerFlow(feeder, NetworkModel.THREE_PHASE)
        : new CircuitPowerFlow(feeder);
  }

  /** The fastest way to judge: of a balanced feeder, one phase for all three. */
  public static PowerFlow positiveSequence(Feeder feeder) {
    return feeder.isBalanced()
        ? new OpenDssPowerFlow(feeder, NetworkModel.POSITIVE_SEQUENCE)
        : new CircuitPowerFlow(feeder);
  }

  @Override
  public GridState solve(Injections injections) {
    injections.requireFinite(buses);
    for (int bus = 0; bus < buses; bus++) {
      loadKw[bus] = -injections.activePowerKw(bus) / phasesPerModelledPhase;
      loadKvar[bus] = -injections.reactivePowerKvar(bus) / phasesPerModelledPhase;
    }
    if (!circuit.solve(loadKw, loadKvar, nodeVolts) || !readVoltages()) {
      return GridState.notConverged(phases);
    }
    flows.update(realVolts, imaginaryVolts);
    return new GridState(
        true,
        phases,
        Profile.generate(
            buses * phases,
            each -> Math.hypot(realVolts[each], imaginaryVolts[each]) / nominalPhaseVolts),
        Profile.generate(flows.lines(), flows::loadingKva),
        flows.lossesKw(),
        flows.lossesKvar());
  }

  /** Puts the voltages into the feeder’s order; false if one is outside what the model covers. */
  private boolean readVoltages() {
    double lowest = square(FeederScript.LOWEST_VOLTAGE_PU * nominalPhaseVolts);
    double highest = square(FeederScript.HIGHEST_VOLTAGE_PU * nominalPhaseVolts);
    for (int node = 0; node < busPhaseOfNode.length; node++) {
      double real = nodeVolts[2 * node];
      double imaginary = nodeVolts[2 * node + 1];
      double squared = square(real) + square(imaginary);
      // Written so that NaN is refused too.
      if (!(squared > lowest && squared < highest)) {
        return false;
      }
      realVolts[busPhaseOfNode[node]] = real;
      imaginaryVolts[busPhaseOfNode[node]] = imaginary;
    }
    return true;
  }

  private static double square(double value) {
    return value * value;
  }

  private int[] busPhaseOfNode() {
    List<String> nodes = circuit.nodes();
    int[] busPhases = new int[nodes.size()];
    for (int node = 0; node < busPhases.length; node++) {
      String[] busAndPhase = nodes.get(node).substring(1).split("\\.", 2);
      int bus = Integer.parseInt(busAndPhase[0]);
      busPhases[node] = bus * phases + Integer.parseInt(busAndPhase[1]) - 1;
    }
    if (busPhases.length != buses * phases) {
      throw new IllegalStateException(
          "the engine has %d nodes for %d buses".formatted(busPhases.length, buses));
    }
    return busPhases;
  }

  /** The engine tells its compiler and build time as well. */
  static String shortened(String version) {
    Matcher parts = VERSION.matcher(version);
    return parts.find()
        ? "OpenDSS %s (DSS C-API %s)".formatted(parts.group(2), parts.group(1))
        : version;
  }

  private void requireLoadPerBus() {
    for (int bus = 0; bus < buses; bus++) {
      if (!circuit.loads().get(bus).equals("p" + bus)) {
        throw new IllegalStateException(
            "the engine orders its loads otherwise: " + circuit.loads());
      }
    }
  }

  @Override
  public String engine() {
    return engine;
  }

  @Override
  public void close() {
    circuit.close();
  }
}
