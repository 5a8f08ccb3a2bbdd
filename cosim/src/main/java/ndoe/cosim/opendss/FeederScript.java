package ndoe.cosim.opendss;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.Line;

/**
 * A feeder in the engine’s language. Elements are named by their position ({@code b0}, {@code l0},
 * {@code p0}), so no name from a file reaches the engine. Every bus has one load at zero, through
 * which power is injected; the loads of the feeder’s own script are not in it.
 *
 * <p>Defaults of the engine that would change the physics are all overridden: source impedance
 * (2.4e-5 pu), line charging, the switch of loads to constant impedance outside 0.95–1.05 pu, and a
 * tolerance of 1e-4.
 */
final class FeederScript {
  /**
   * Largest change of a voltage in the last iteration, per unit; the error left is about a sixth.
   */
  static final double TOLERANCE_PU = 1e-8;

  /** Iterations after which a state counts as having no solution. */
  static final int MAX_ITERATIONS = 100;

  /** Below, a load would no longer draw constant power, per unit. */
  static final double LOWEST_VOLTAGE_PU = 0.4;

  /** Above, a load would no longer draw constant power, per unit. */
  static final double HIGHEST_VOLTAGE_PU = 1.6;

  private FeederScript() {}

  static String of(Feeder feeder, NetworkModel model) {
    requireSound(feeder);
    int phases = model.phases();
    double voltageKv = feeder.nominalVoltageKv() / (phases == 1 ? Math.sqrt(3) : 1);
    StringBuilder script = new StringBuilder();
    append(script, "Clear");
    append(
        script,
        "New Circuit.feeder bus1=b0 phases=%d basekV=%s pu=%s R1=1e-8 X1=1e-7 R0=1e-8 X0=1e-7",
        phases,
        voltageKv,
        feeder.sourceVoltagePu());
    appendLines(script, feeder, phases);
    for (int bus = 0; bus < feeder.buses().size(); bus++) {
      append(
          script,
          "New Load.p%1$d bus1=b%1$d phases=%2$d conn=wye kV=%3$s kW=0 kvar=0 model=1"
              + " vminpu=%4$s vmaxpu=%5$s",
          bus,
          phases,
          voltageKv,
          LOWEST_VOLTAGE_PU,
          HIGHEST_VOLTAGE_PU);
    }
    append(script, "Set VoltageBases=[%s]", feeder.nominalVoltageKv());
    append(script, "CalcVoltageBases");
    append(
        script,
        "Set Mode=Snapshot ControlMode=Off Tolerance=%s MaxIterations=%d",
        TOLERANCE_PU,
        MAX_ITERATIONS);
    append(script, "Solve");
    return script.toString();
  }

  private static void appendLines(StringBuilder script, Feeder feeder, int phases) {
    Map<BusId, Integer> positions = feeder.busPositions();
    for (int line = 0; line < feeder.lines().size(); line++) {
      Line each = feeder.lines().get(line);
      append(
          script,
          "New Line.l%1$d bus1=b%2$d bus2=b%3$d phases=%4$d length=1 units=none"
              + " R1=%5$s X1=%6$s R0=%5$s X0=%6$s C1=0 C0=0",
          line,
          positions.get(each.from()),
          positions.get(each.to()),
          phases,
          each.resistanceOhm(),
          each.reactanceOhm());
    }
  }

  private static void append(StringBuilder script, String format, Object... values) {
    script.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static void requireSound(Feeder feeder) {
    require(isPositive(feeder.nominalVoltageKv()), "nominal voltage", feeder.nominalVoltageKv());
    require(
        feeder.sourceVoltagePu() > LOWEST_VOLTAGE_PU
            && feeder.sourceVoltagePu() < HIGHEST_VOLTAGE_PU,
        "source voltage",
        feeder.sourceVoltagePu());
    Set<BusId> buses = new HashSet<>(feeder.buses());
    require(buses.size() == feeder.buses().size(), "names of buses", feeder.buses());
    for (Line line : feeder.lines()) {
      boolean known = buses.contains(line.from()) && buses.contains(line.to());
      require(known && !line.from().equals(line.to()), "ends of line", line);
      double ohm = line.resistanceOhm() + line.reactanceOhm();
      require(
          line.resistanceOhm() >= 0 && line.reactanceOhm() >= 0 && isPositive(ohm),
          "impedance of line",
          line);
    }
    Set<BusId> fed = fedFromSource(feeder);
    List<BusId> islanded = feeder.buses().stream().filter(bus -> !fed.contains(bus)).toList();
    require(islanded.isEmpty(), "buses without a path to the source", islanded);
  }

  private static Set<BusId> fedFromSource(Feeder feeder) {
    Set<BusId> fed = new HashSet<>(Set.of(feeder.sourceBus()));
    Deque<BusId> toVisit = new ArrayDeque<>(fed);
    while (!toVisit.isEmpty()) {
      BusId bus = toVisit.pop();
      for (Line line : feeder.lines()) {
        if (line.from().equals(bus) && fed.add(line.to())) {
          toVisit.push(line.to());
        } else if (line.to().equals(bus) && fed.add(line.from())) {
          toVisit.push(line.from());
        }
      }
    }
    return fed;
  }

  private static boolean isPositive(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private static void require(boolean sound, String what, Object found) {
    if (!sound) {
      throw new IllegalArgumentException("feeder cannot be solved: %s: %s".formatted(what, found));
    }
  }
}
