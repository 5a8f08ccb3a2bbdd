package ndoe.cosim.opendss;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ndoe.cosim.powerflow.PowerFlowException;

/**
 * Loads one circuit, solves it once and tells what is in it; run in a process of its own, because
 * some statements end the engine’s process. Statements come in by line; into a file go lines of
 * tab-separated fields, the first of which says what they are. So nothing the engine or the machine
 * prints can be taken for an answer.
 */
public final class SurveyChild {
  private static final int LARGEST_PHASE = 3;

  private final PrintStream out;

  private SurveyChild(PrintStream out) {
    this.out = out;
  }

  /**
   * Reads the statements from the standard input until its end.
   *
   * @param args the file to answer into
   */
  public static void main(String[] args) throws IOException {
    List<String> statements = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      in.lines().forEach(statements::add);
    }
    try (PrintStream answers =
        new PrintStream(new FileOutputStream(args[0]), true, StandardCharsets.UTF_8)) {
      new SurveyChild(answers).survey(statements);
    }
  }

  private void survey(List<String> statements) {
    try (DssCircuit circuit = new DssCircuit()) {
      circuit.command("Clear");
      for (int each = 0; each < statements.size(); each++) {
        tell("at", String.valueOf(each));
        circuit.command(statements.get(each));
      }
      tell("at", "-1");
      CircuitText.solution().forEach(circuit::command);
      circuit.adopt();
      describe(circuit);
    } catch (PowerFlowException refused) {
      tell("refused", refused.getMessage());
    } catch (IllegalArgumentException | IndexOutOfBoundsException notAsExpected) {
      tell("refused", "what OpenDSS made of the circuit is not understood: " + notAsExpected);
    }
  }

  private void describe(DssCircuit circuit) {
    if (!circuit.settle()) {
      tell("refused", "does not solve at its own loads: no convergence, or controls never rest");
      return;
    }
    double[] voltages = new double[2 * circuit.nodes().size()];
    boolean solved = circuit.solveFrom(0, circuit.nominalKw(), circuit.nominalKvar(), voltages);
    if (!solved) {
      tell("refused", "does not converge at its own loads");
      return;
    }
    tell(
        "source",
        circuit.command("? Vsource.source.basekv"),
        circuit.command("? Vsource.source.pu"));
    String sourceBus = busOf(circuit.command("? Vsource.source.bus1"));
    nodes(circuit, voltages, sourceBus);
    try (CircuitBranches branches = new CircuitBranches(circuit)) {
      branches.all().forEach(branch -> tell(circuit, branch));
    }
    for (int load = 0; load < circuit.loads().size(); load++) {
      String name = circuit.loads().get(load);
      tell(
          "load",
          name,
          place(circuit, circuit.command("? Load." + name + ".bus1"), name),
          String.valueOf(circuit.nominalKw()[load]),
          String.valueOf(circuit.nominalKvar()[load]));
    }
    tell("complete");
  }

  private void nodes(DssCircuit circuit, double[] voltages, String sourceBus) {
    List<String> dead = new ArrayList<>();
    List<String> watched = new ArrayList<>();
    for (int node = 0; node < circuit.nodes().size(); node++) {
      String name = circuit.nodes().get(node);
      String[] busAndPhase = name.split("\\.", 2);
      if (Integer.parseInt(busAndPhase[1]) > LARGEST_PHASE) {
        continue;
      }
      double base = 1000 * circuit.phaseKv(busAndPhase[0]);
      double volts = Math.hypot(voltages[2 * node], voltages[2 * node + 1]);
      if (!(base > 0)) {
        throw new PowerFlowException(
            "bus %s has no voltage base; name its voltage in Set VoltageBases"
                .formatted(busAndPhase[0]));
      }
      boolean usable =
          volts > FeederScript.LOWEST_VOLTAGE_PU * base
              && volts < FeederScript.HIGHEST_VOLTAGE_PU * base;
      if (!usable) {
        dead.add(name);
      }
      watched.add(name);
    }
    if (!dead.isEmpty()) {
      throw new PowerFlowException(
          "without a voltage of %s to %s pu, as not connected to the source, overloaded or missing in"
                  .formatted(FeederScript.LOWEST_VOLTAGE_PU, FeederScript.HIGHEST_VOLTAGE_PU)
              + " VoltageBases: "
              + String.join(", ", dead.subList(0, Math.min(9, dead.size()))));
    }
    watched.sort(Comparator.comparing(name -> !busOf(name).equals(sourceBus)));
    watched.forEach(name -> tell("node", name));
  }

  private void tell(DssCircuit circuit, CircuitBranches.Branch branch) {
    double kv = circuit.phaseKv(busOf(branch.from()));
    if (!(branch.normalAmperes() > 0)) {
      throw new PowerFlowException(
          "normamps of %s is %s; allowed is a number > 0"
              .formatted(branch.name(), branch.normalAmperes()));
    }
    tell(
        "branch",
        branch.name(),
        busOf(branch.from()),
        busOf(branch.to()),
        String.valueOf(branch.resistanceOhm()),
        String.valueOf(branch.reactanceOhm()),
        String.valueOf(branch.normalAmperes() * kv * branch.phases()));
  }

  /** A bus with the phases a load is connected to, ground aside. */
  private static String place(DssCircuit circuit, String bus, String load) {
    String[] parts = bus.split("\\.", -1);
    int phases = Integer.parseInt(circuit.command("? Load." + load + ".phases"));
    boolean delta =
        circuit.command("? Load." + load + ".conn").toLowerCase(Locale.ROOT).equals("delta");
    // Between phases a load of one or two needs one conductor more.
    int conductors = delta && phases < LARGEST_PHASE ? phases + 1 : phases;
    if (parts.length == 1 && conductors == LARGEST_PHASE) {
      return busOf(bus);
    }
    String place =
        IntStream.rangeClosed(1, conductors)
            .map(each -> each < parts.length ? Integer.parseInt(parts[each]) : each)
            .filter(phase -> phase > 0 && phase <= LARGEST_PHASE)
            .distinct()
            .sorted()
            .mapToObj(phase -> "." + phase)
            .collect(Collectors.joining());
    if (place.isEmpty()) {
      throw new PowerFlowException(
          "load %s is at %s; allowed are the phases 1 to %d".formatted(load, bus, LARGEST_PHASE));
    }
    return busOf(bus) + place;
  }

  private static String busOf(String name) {
    return name.split("\\.", 2)[0].toLowerCase(Locale.ROOT);
  }

  private void tell(String... fields) {
    out.println(
        Arrays.stream(fields)
            .map(field -> field.replaceAll("[\\t\\r\\n]", " "))
            .reduce((a, b) -> a + "\t" + b)
            .orElse(""));
  }
}
