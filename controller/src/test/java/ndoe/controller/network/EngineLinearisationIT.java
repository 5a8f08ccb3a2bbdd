package ndoe.controller.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import ndoe.controller.OtherScenarios;
import ndoe.cosim.opendss.CircuitPowerFlow;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.Response;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.Feeder;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The linear networks of the engine against our own of a radial feeder, and against AC. */
class EngineLinearisationIT {
  private static Scenario balanced;
  private static Scenario circuit;

  @BeforeAll
  static void readBothWays(@TempDir Path folder) {
    balanced = OtherScenarios.changed(folder, EngineLinearisationIT::twoHoursWithoutLoad);
    circuit =
        OtherScenarios.changed(
            folder,
            text -> twoHoursWithoutLoad(text).replace("  dss: ", "  model: opendss\n  dss: "));
  }

  private static String twoHoursWithoutLoad(String text) {
    return text.replace("intervals: 24", "intervals: 2").replace("  scale: 1.0", "  scale: 0");
  }

  private static EnvelopePlan envelopes(Scenario scenario, OperatingEnvelope each) {
    int intervals = scenario.horizon().intervals();
    return new EnvelopePlan(
        scenario.horizon(),
        scenario.connectionPoints().stream()
            .map(
                point ->
                    new PointPlan(
                        point.prosumer(),
                        point.bus(),
                        Collections.nCopies(intervals, each),
                        Profile.constant(0, intervals)))
            .toList());
  }

  private static int[] nodes(BusId bus) {
    return circuit.feeder().requireAt(bus, "a bus");
  }

  @Test
  void hasTheSlopesOfTheRadialNetworkWithoutLoad() {
    LinDistFlow expected = new LinDistFlow(balanced.feeder());
    LinearNetwork found =
        EngineLinearisation.without(circuit, envelopes(circuit, new OperatingEnvelope(0, 0)))
            .importing(0);
    Feeder feeder = balanced.feeder();
    assertEquals(expected.lines(), found.lines());
    for (ConnectionPoint point : balanced.connectionPoints()) {
      int at = feeder.busPositions().get(point.bus());
      int atNode = nodes(point.bus())[0];
      for (int bus = 1; bus < feeder.buses().size(); bus++) {
        for (int node : nodes(feeder.buses().get(bus))) {
          double perMw = expected.dropPerMw(bus, at);
          assertEquals(perMw, found.dropPerMw(node, atNode), 0.02 * perMw);
          double perMvar = expected.dropPerMvar(bus, at);
          assertEquals(perMvar, found.dropPerMvar(node, atNode), 0.02 * perMvar);
        }
      }
      for (int line = 0; line < found.lines(); line++) {
        for (int conductor = 0; conductor < 3; conductor++) {
          double mva =
              Math.hypot(
                  found.firstPerMw(line, conductor, atNode),
                  found.secondPerMw(line, conductor, atNode));
          // A current at 1.03 pu, told at the nominal voltage.
          assertEquals(expected.feeds(line, at) ? 1 / 1.03 : 0, mva, 0.02, "line " + line);
        }
      }
    }
    double[] nothing = new double[found.buses()];
    double source = Math.pow(feeder.sourceVoltagePu(), 2);
    for (int node = 0; node < found.buses(); node++) {
      assertEquals(source, found.squaredVoltagePu(node, nothing, nothing), 1e-6);
    }
  }

  @Test
  void touchesTheAcNetworkAtTheCornerAndLeavesItInSecondOrder() {
    Scenario day = ScenarioFile.read(Path.of("../feeders/ieee13/ieee13.yaml"));
    OperatingEnvelope corner = new OperatingEnvelope(40, 60);
    LinearNetwork network = EngineLinearisation.without(day, envelopes(day, corner)).exporting(12);

    double at = largestError(day, network, -60);
    double near = largestError(day, network, -60 - 40);
    double far = largestError(day, network, -60 - 80);
    assertTrue(at < 1e-7, "at the corner " + at);
    assertTrue(near > 1e-6, "too near to tell: " + near);
    assertEquals(4, far / near, 0.6);
  }

  /** Of squared voltages and flows when everybody draws this much at noon. */
  private static double largestError(Scenario day, LinearNetwork network, double netImportKw) {
    Feeder feeder = day.feeder();
    List<AssetSchedule> idle = AssetSchedule.idle(day.operator(), day.horizon().intervals());
    FeederUse use = new FeederUse(feeder, day.passiveLoads(), day.connectionPoints(), idle);
    double[] all = new double[day.connectionPoints().size()];
    Arrays.fill(all, netImportKw);
    Injections injections = use.injections();
    use.put(12, all, injections);
    double[] mw = new double[feeder.buses().size()];
    double[] mvar = new double[feeder.buses().size()];
    for (int node = 0; node < mw.length; node++) {
      mw[node] = -injections.activePowerKw(node) / 1000;
      mvar[node] = -injections.reactivePowerKvar(node) / 1000;
    }
    double error = 0;
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(feeder)) {
      Response found = powerFlow.respond(injections);
      for (int node = 0; node < mw.length; node++) {
        error =
            Math.max(
                error,
                Math.abs(
                    network.squaredVoltagePu(node, mw, mvar) - found.squaredVoltagesPu()[node]));
      }
      int number = 0;
      for (int line = 0; line < network.lines(); line++) {
        for (int conductor = 0; conductor < network.conductors(line); conductor++) {
          double first = network.firstMva(line, conductor, mw, mvar) - found.realMva()[number];
          double second =
              network.secondMva(line, conductor, mw, mvar) - found.imaginaryMva()[number];
          error = Math.max(error, Math.hypot(first, second));
          number++;
        }
      }
      assertEquals(found.realMva().length, number);
    }
    return error;
  }

  @Test
  void keepsTheTangentItHadAtACornerWithoutSolution() {
    EngineLinearisation before =
        EngineLinearisation.without(circuit, envelopes(circuit, new OperatingEnvelope(0, 0)));
    Linearisation after =
        before.around(
            envelopes(circuit, new OperatingEnvelope(50_000, 100)),
            AssetSchedule.idle(circuit.operator(), circuit.horizon().intervals()));
    assertTrue(before.importing(1) == after.importing(1));
    assertTrue(before.exporting(1) != after.exporting(1));
  }
}
