package ndoe.controller.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ndoe.cosim.opendss.CircuitPowerFlow;
import ndoe.cosim.powerflow.PowerFlowException;
import ndoe.cosim.validation.CornerSensitivities;
import ndoe.cosim.validation.CornerSensitivities.Corners;
import ndoe.cosim.validation.CornerSensitivities.Sensitivity;
import ndoe.cosim.validation.SecurityCase;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Scenario;

/**
 * Linear networks taken from the AC engine: tangents at the corners of the envelopes looked at
 * last. What feeders need that are not balanced, not radial or have regulators.
 */
public final class EngineLinearisation implements Linearisation {
  private static final int THREADS = 2;

  private final Scenario scenario;
  private final int[] conductorsPerLine;
  private final List<LinearNetwork> importing;
  private final List<LinearNetwork> exporting;

  private EngineLinearisation(
      Scenario scenario,
      int[] conductorsPerLine,
      List<LinearNetwork> importing,
      List<LinearNetwork> exporting) {
    this.scenario = scenario;
    this.conductorsPerLine = conductorsPerLine;
    this.importing = List.copyOf(importing);
    this.exporting = List.copyOf(exporting);
  }

  /**
   * Taken where nobody exchanges anything.
   *
   * @throws PowerFlowException if the feeder’s own loads have no solution in some interval
   */
  public static EngineLinearisation without(Scenario scenario, EnvelopePlan nothing) {
    int[] conductors;
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(scenario.feeder())) {
      conductors = powerFlow.conductorsPerLine();
    }
    return new EngineLinearisation(scenario, conductors, List.of(), List.of())
        .around(nothing, idle(scenario));
  }

  // So that the places of the operator's own assets are looked at too.
  private static List<AssetSchedule> idle(Scenario scenario) {
    return AssetSchedule.idle(scenario.operator(), scenario.horizon().intervals());
  }

  @Override
  public EngineLinearisation around(EnvelopePlan envelopes, List<AssetSchedule> assets) {
    SecurityCase securityCase = ScenarioCase.of(scenario, envelopes, assets, List.of(), 0);
    List<Corners> corners =
        new CornerSensitivities(CircuitPowerFlow::new, THREADS).of(securityCase);
    List<LinearNetwork> atImport = new ArrayList<>();
    List<LinearNetwork> atExport = new ArrayList<>();
    for (int t = 0; t < corners.size(); t++) {
      atImport.add(network(corners.get(t).atImport(), importing, t));
      atExport.add(network(corners.get(t).atExport(), exporting, t));
    }
    return new EngineLinearisation(scenario, conductorsPerLine, atImport, atExport);
  }

  /** A corner without solution keeps the tangent it had. */
  private LinearNetwork network(Optional<Sensitivity> at, List<LinearNetwork> before, int t) {
    if (at.isPresent()) {
      return new SampledNetwork(at.get(), conductorsPerLine);
    }
    if (before.isEmpty()) {
      throw new PowerFlowException(
          "the feeder has no solution for its own loads at %s"
              .formatted(scenario.horizon().startOf(t)));
    }
    return before.get(t);
  }

  @Override
  public int buses() {
    return scenario.feeder().buses().size();
  }

  @Override
  public int lines() {
    return conductorsPerLine.length;
  }

  @Override
  public LinearNetwork importing(int interval) {
    return importing.get(interval);
  }

  @Override
  public LinearNetwork exporting(int interval) {
    return exporting.get(interval);
  }
}
