package ndoe.feeders;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * What OpenDSS itself makes of the script of a balanced feeder, beside what {@link FeederFile} read
 * in it. The engine is given the script, in a process of its own, and not what was understood.
 *
 * @param differences in buses, lines, loads and nominal voltage, one line each; impedances are not
 *     among them, because the engine tells those of one phase
 * @param engines the feeder as the engine reads it, at the same source voltage; empty if it refuses
 */
public record ScriptComparison(List<String> differences, Optional<Feeder> engines) {
  /** Far above the rounding of two readers, far below any difference that matters. */
  private static final double TOLERANCE_FRACTION = 1e-6;

  private static final int PHASES = 3;

  public ScriptComparison {
    differences = List.copyOf(differences);
  }

  /**
   * Asks the engine and compares.
   *
   * @param script from which the feeder was read
   * @param feeder balanced
   * @throws IllegalArgumentException if the feeder is not balanced
   * @throws IllegalStateException if there is no engine on the class path
   */
  public static ScriptComparison of(Path script, Feeder feeder) {
    if (!feeder.isBalanced()) {
      throw new IllegalArgumentException(feeder.name() + " was read by OpenDSS already");
    }
    Problems problems = new Problems();
    Optional<CircuitScript> read = MasterFile.read(script, problems);
    if (read.isEmpty()) {
      return refused("the script was not given to OpenDSS: " + firstOf(problems));
    }
    CircuitScript circuit = read.get().with("Edit Vsource.Source pu=" + feeder.sourceVoltagePu());
    CircuitSurvey survey =
        CircuitSurveyor.available()
            .orElseThrow(() -> new IllegalStateException("no OpenDSS engine on the class path"))
            .survey(circuit);
    if (survey instanceof CircuitSurvey.Refused refused) {
      return refused("OpenDSS refuses the script: " + refused.reason());
    }
    CircuitSurvey.Found found = (CircuitSurvey.Found) survey;
    return new ScriptComparison(
        new Comparison(feeder, found).differences(),
        Optional.of(
            new Feeder(
                circuit.name(),
                found.nominalVoltageKv(),
                found.sourceVoltagePu(),
                feeder.voltageLimits(),
                found.nodes(),
                found.branches(),
                found.loads(),
                Optional.of(circuit.script()))));
  }

  private static ScriptComparison refused(String reason) {
    return new ScriptComparison(List.of(reason), Optional.empty());
  }

  private static String firstOf(Problems problems) {
    try {
      problems.throwIfAny();
      return "it is empty";
    } catch (InvalidInputException e) {
      return e.problems().get(0).toString();
    }
  }

  /** The comparison itself. */
  private static final class Comparison {
    private final Feeder feeder;
    private final CircuitSurvey.Found found;
    private final List<String> differences = new ArrayList<>();

    Comparison(Feeder feeder, CircuitSurvey.Found found) {
      this.feeder = feeder;
      this.found = found;
    }

    List<String> differences() {
      number("nominal voltage", feeder.nominalVoltageKv(), found.nominalVoltageKv(), "kV");
      buses();
      lines();
      loads();
      return differences;
    }

    private void buses() {
      Map<String, Long> phases =
          found.nodes().stream()
              .collect(Collectors.groupingBy(n -> key(n.withoutPhases()), Collectors.counting()));
      Set<String> known = feeder.buses().stream().map(Comparison::key).collect(tree());
      names("bus", known, phases.keySet());
      phases.forEach(
          (bus, count) -> {
            if (known.contains(bus) && count != PHASES) {
              differences.add("bus %s has %d phases in OpenDSS, not 3".formatted(bus, count));
            }
          });
    }

    private void lines() {
      names(
          "line",
          feeder.lines().stream().map(line -> key(line.id())).collect(tree()),
          found.branches().stream()
              .map(branch -> key(branch.id()).replaceFirst("^line\\.", ""))
              .collect(tree()));
    }

    private void loads() {
      Map<String, Load> engines = new HashMap<>();
      found.loads().forEach(load -> engines.put(key(load.name()), load));
      names(
          "load",
          feeder.loads().stream().map(l -> key(l.name())).collect(tree()),
          engines.keySet());
      for (Load load : feeder.loads()) {
        Load engine = engines.get(key(load.name()));
        if (engine != null) {
          String name = "load " + load.name();
          number(name, load.activePowerKw(), engine.activePowerKw(), "kW");
          number(name, load.reactivePowerKvar(), engine.reactivePowerKvar(), "kvar");
        }
      }
    }

    private void names(String what, Set<String> here, Set<String> engines) {
      Set<String> missing = new TreeSet<>(here);
      missing.removeAll(engines);
      missing.forEach(name -> differences.add("%s %s is not in OpenDSS".formatted(what, name)));
      Set<String> further = new TreeSet<>(engines);
      further.removeAll(here);
      further.forEach(name -> differences.add("%s %s is in OpenDSS alone".formatted(what, name)));
    }

    private void number(String what, double here, double engine, String unit) {
      double allowed = TOLERANCE_FRACTION * Math.max(1e-3, Math.abs(here));
      // Written so that NaN is a difference too.
      if (!(Math.abs(here - engine) <= allowed)) {
        differences.add("%s: read %s %s, OpenDSS %s".formatted(what, here, unit, engine));
      }
    }

    private static String key(Object name) {
      return name.toString().toLowerCase(Locale.ROOT);
    }

    private static Collector<String, ?, Set<String>> tree() {
      return Collectors.toCollection(TreeSet::new);
    }
  }
}
