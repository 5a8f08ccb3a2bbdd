package ndoe.cosim.opendss;

import static ndoe.cosim.PeerRows.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ndoe.cosim.PeerRows;
import ndoe.cosim.UnbalancedDays;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The unbalanced feeders against EPRI’s own engine; see the README beside its results. */
final class CircuitPeerIT {
  private static final String FOLDER = "epri-opendss/";
  private static final Map<String, Feeder> FEEDERS = new HashMap<>();

  static List<String> states() {
    return PeerRows.of(FOLDER + "states.csv").rows().stream().map(row -> row.get("state")).toList();
  }

  private static Feeder feeder(String state) {
    String name = expected("states.csv", state).get(0).get("feeder");
    return FEEDERS.computeIfAbsent(name, each -> UnbalancedDays.of(each).feeder());
  }

  private static List<Map<String, String>> expected(String file, String state) {
    return PeerRows.of(FOLDER + file).where("state", state).rows();
  }

  /** Every load of the script at the state’s multiple, and what is injected at nodes. */
  private static Injections injections(Feeder feeder, String state) {
    double multiplier = number(expected("states.csv", state).get(0), "load_multiplier");
    Injections injections = CircuitLoads.times(feeder, multiplier);
    for (Map<String, String> row : expected("injections.csv", state)) {
      int node = feeder.requireAt(new BusId(row.get("node")), state)[0];
      injections.add(node, number(row, "active_power_kw"), number(row, "reactive_power_kvar"));
    }
    return injections;
  }

  @ParameterizedTest
  @MethodSource("states")
  void agreesWithTheOriginalEngine(String state) {
    Feeder feeder = feeder(state);
    GridState found;
    String positions;
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(feeder)) {
      found = powerFlow.solve(injections(feeder, state));
      positions = String.join("\n", powerFlow.positions());
    }

    assertTrue(found.converged());
    List<Map<String, String>> voltages = expected("voltages.csv", state);
    assertEquals(feeder.buses().size(), voltages.size());
    for (Map<String, String> row : voltages) {
      int node = feeder.requireAt(new BusId(row.get("node")), state)[0];
      assertEquals(
          number(row, "voltage_pu"), found.voltagePu(node, 0), 1e-8, () -> row.get("node"));
    }
    for (Map<String, String> row : expected("taps.csv", state)) {
      String line =
          positions
              .lines()
              .filter(each -> each.startsWith("Transformer." + row.get("transformer") + " "))
              .findFirst()
              .orElseThrow();
      double[] taps = DssText.numbers(line.substring(line.indexOf('=') + 1));
      assertEquals(number(row, "tap_pu"), taps[1], 1e-9, line);
    }
    Map<String, String> losses = expected("losses.csv", state).get(0);
    assertEquals(number(losses, "losses_kw"), found.lossesKw(), 1e-4);
    assertEquals(number(losses, "losses_kvar"), found.lossesKvar(), 1e-4);
  }

  @ParameterizedTest
  @MethodSource("states")
  void carriesTheCurrentsOfTheOriginalEngine(String state) {
    Feeder feeder = feeder(state);
    Map<String, Double> amperesPerKva = new HashMap<>();
    Map<String, Integer> endsWithARating = new HashMap<>();
    try (DssCircuit circuit = new DssCircuit()) {
      circuit.load("Clear\n" + feeder.circuit().orElseThrow());
      try (CircuitBranches branches = new CircuitBranches(circuit)) {
        for (CircuitBranches.Branch branch : branches.all()) {
          double ratingKva =
              feeder.lines().stream()
                  .filter(line -> line.id().value().equals(branch.name()))
                  .findFirst()
                  .orElseThrow()
                  .ratingKva();
          amperesPerKva.put(branch.name(), branch.normalAmperes() / ratingKva);
          endsWithARating.put(branch.name(), branch.terminals());
        }
      }
    }
    Map<String, Double> expected =
        expected("currents.csv", state).stream()
            .filter(row -> number(row, "terminal") <= endsWithARating.get(row.get("element")))
            .collect(
                Collectors.toMap(
                    row -> row.get("element"), row -> number(row, "current_a"), Math::max));

    GridState found;
    try (CircuitPowerFlow powerFlow = new CircuitPowerFlow(feeder)) {
      found = powerFlow.solve(injections(feeder, state));
    }
    assertEquals(expected.size(), feeder.lines().size());
    for (int branch = 0; branch < feeder.lines().size(); branch++) {
      String name = feeder.lines().get(branch).id().value();
      double amperes = found.lineLoadingKva().at(branch) * amperesPerKva.get(name);
      assertEquals(expected.get(name), amperes, 1e-4, name);
    }
  }
}
