package ndoe.cosim.opendss;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import ndoe.feeders.CircuitScript;
import ndoe.feeders.CircuitSurvey;
import ndoe.feeders.Feeder;
import ndoe.feeders.VoltageLimits;

/** Small circuits in OpenDSS’s own language, as a reader would hand them over. */
final class Circuits {
  private static final VoltageLimits LIMITS = new VoltageLimits(0.9, 1.1);

  /** A source, one line and one load; the bus at its end is y. */
  static final List<String> SMALL =
      List.of(
          "New Circuit.small basekv=10 bus1=s",
          "Set voltagebases=[10]",
          "New Line.a bus1=s bus2=y length=1",
          "New Load.l bus1=y kv=10 kw=100 kvar=10 model=1");

  private Circuits() {}

  /** The small circuit with more statements at its end, the first of which is number 4. */
  static CircuitScript small(String... more) {
    List<String> all = new ArrayList<>(SMALL);
    all.addAll(Arrays.asList(more));
    return script(all);
  }

  static CircuitScript script(List<String> statements) {
    Path file = Path.of("circuit.dss");
    List<CircuitScript.Statement> told = new ArrayList<>();
    for (String statement : statements) {
      told.add(new CircuitScript.Statement(file, told.size() + 1, statement));
    }
    return new CircuitScript("small", told, List.of(file));
  }

  /** The circuit as a feeder, for a script without faults. */
  static Feeder feeder(CircuitScript circuit) {
    CircuitSurvey.Found found =
        assertInstanceOf(CircuitSurvey.Found.class, new ChildSurveyor().survey(circuit));
    return new Feeder(
        circuit.name(),
        found.nominalVoltageKv(),
        found.sourceVoltagePu(),
        LIMITS,
        found.nodes(),
        found.branches(),
        found.loads(),
        Optional.of(circuit.script()));
  }
}
