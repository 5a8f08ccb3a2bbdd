package ndoe.cosim.powerflow;

import static ndoe.cosim.PeerRows.number;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.cosim.Ieee33;
import ndoe.cosim.PeerRows;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;

/** Expected results of pandapower, with tolerances; see the README beside them. */
record PandapowerPeer(String state, Feeder feeder, Injections injections) {
  static final double VOLTAGE_TOLERANCE_PU = 1e-8;
  static final double LOADING_TOLERANCE_KVA = 1e-4;
  static final double LOSSES_TOLERANCE_KW = 1e-4;

  private static final String FOLDER = "pandapower-case33bw/";

  static List<PandapowerPeer> all() {
    return rows("states.csv").stream().map(PandapowerPeer::of).toList();
  }

  private static PandapowerPeer of(Map<String, String> row) {
    Feeder feeder = Ieee33.atSourceVoltage(number(row, "source_voltage_pu"));
    Injections injections = Ieee33.loadedAt(feeder, number(row, "load_scale"));
    for (Map<String, String> injection : rows("injections.csv")) {
      if (injection.get("state").equals(row.get("state"))) {
        injections.add(
            feeder.buses().indexOf(new BusId(injection.get("bus"))),
            number(injection, "active_power_kw"),
            number(injection, "reactive_power_kvar"));
      }
    }
    return new PandapowerPeer(row.get("state"), feeder, injections);
  }

  /** Expected voltage of every bus, per unit. */
  Map<BusId, Double> voltagesPu() {
    Map<BusId, Double> voltages = new HashMap<>();
    expected("voltages.csv")
        .forEach(row -> voltages.put(new BusId(row.get("bus")), number(row, "voltage_pu")));
    return voltages;
  }

  /** Expected apparent power at the more loaded end of the line to each bus, kVA. */
  Map<BusId, Double> loadingKva() {
    Map<BusId, Double> loading = new HashMap<>();
    for (Map<String, String> row : expected("lines.csv")) {
      double near = Math.hypot(number(row, "from_kw"), number(row, "from_kvar"));
      double far = Math.hypot(number(row, "to_kw"), number(row, "to_kvar"));
      loading.put(new BusId(row.get("to_bus")), Math.max(near, far));
    }
    return loading;
  }

  double lossesKw() {
    return number(expected("losses.csv").get(0), "losses_kw");
  }

  double lossesKvar() {
    return number(expected("losses.csv").get(0), "losses_kvar");
  }

  private List<Map<String, String>> expected(String file) {
    return PeerRows.of(FOLDER + file).where("state", state).rows();
  }

  private static List<Map<String, String>> rows(String file) {
    return PeerRows.of(FOLDER + file).rows();
  }

  @Override
  public String toString() {
    return state;
  }
}
