package ndoe.cosim.opendss;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The transformers and capacitors of a circuit that its own controls move. */
final class CircuitControls {
  private final DssCircuit circuit;

  /** What each is set to in the circuit’s script, by element: {@code taps=[1, 1.0625]}. */
  private final Map<String, String> atStart = new LinkedHashMap<>();

  CircuitControls(DssCircuit circuit) {
    this.circuit = circuit;
    find("RegControl", "transformer", "Transformer", "taps");
    find("CapControl", "capacitor", "Capacitor", "states");
  }

  private void find(String control, String controls, String className, String property) {
    Set<String> controlled = new LinkedHashSet<>();
    for (String name : circuit.elements(control).keySet()) {
      controlled.add(circuit.command("? %s.%s.%s".formatted(control, name, controls)));
    }
    for (String name : controlled) {
      String element = className + "." + name;
      atStart.put(element, property + "=" + circuit.command("? " + element + "." + property));
    }
  }

  boolean any() {
    return !atStart.isEmpty();
  }

  /** Puts all of them where the script has them. */
  void reset() {
    atStart.forEach((element, position) -> circuit.command("Edit " + element + " " + position));
  }

  /** Where they stand now, by element. */
  List<String> positions() {
    return atStart.entrySet().stream()
        .map(
            each -> {
              String property = each.getValue().substring(0, each.getValue().indexOf('='));
              String answer = circuit.command("? " + each.getKey() + "." + property);
              return each.getKey() + " " + property + "=" + answer;
            })
        .toList();
  }
}
