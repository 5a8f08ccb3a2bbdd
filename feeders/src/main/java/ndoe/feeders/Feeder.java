package ndoe.feeders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A feeder with one source. A balanced one is built from its lines, and a bus stands for its three
 * equal phases. One in OpenDSS’s own language is known to that engine alone: its “buses” are the
 * nodes, written {@code bus.phase}, where power may enter and voltages are watched, and lines are
 * all branches with a rating.
 *
 * @param nominalVoltageKv line-to-line, at the source, kV
 * @param sourceVoltagePu voltage held at the source bus, per unit
 * @param buses the source bus first, then in order of appearance
 * @param circuit what the engine is to load; empty for a balanced feeder
 */
public record Feeder(
    String name,
    double nominalVoltageKv,
    double sourceVoltagePu,
    VoltageLimits voltageLimits,
    List<BusId> buses,
    List<Line> lines,
    List<Load> loads,
    Optional<String> circuit) {

  public Feeder {
    buses = List.copyOf(buses);
    lines = List.copyOf(lines);
    loads = List.copyOf(loads);
  }

  /** A balanced feeder. */
  public Feeder(
      String name,
      double nominalVoltageKv,
      double sourceVoltagePu,
      VoltageLimits voltageLimits,
      List<BusId> buses,
      List<Line> lines,
      List<Load> loads) {
    this(
        name,
        nominalVoltageKv,
        sourceVoltagePu,
        voltageLimits,
        buses,
        lines,
        loads,
        Optional.empty());
  }

  public boolean isBalanced() {
    return circuit.isEmpty();
  }

  /** The bus at the source, without phases. */
  public BusId sourceBus() {
    return buses.get(0).withoutPhases();
  }

  /** Position of each bus in {@link #buses()}. */
  public Map<BusId, Integer> busPositions() {
    Map<BusId, Integer> positions = new HashMap<>();
    for (BusId bus : buses) {
      positions.put(bus, positions.size());
    }
    return positions;
  }

  /**
   * Where a place is in {@link #buses()}, which share its power equally: one position in a balanced
   * feeder; else a node ({@code 671.2}), several ({@code 671.1.3}) or all phases of a bus ({@code
   * 671}).
   *
   * @return empty if there is no such place
   */
  public int[] at(BusId place) {
    if (isBalanced()) {
      int position = buses.indexOf(place);
      return position < 0 ? new int[0] : new int[] {position};
    }
    String[] parts = place.value().toLowerCase(Locale.ROOT).split("\\.", -1);
    List<String> phases = List.of(parts).subList(1, parts.length);
    List<Integer> found = new ArrayList<>();
    for (int position = 0; position < buses.size(); position++) {
      String[] node = buses.get(position).value().split("\\.", 2);
      if (node[0].equals(parts[0]) && (phases.isEmpty() || phases.contains(node[1]))) {
        found.add(position);
      }
    }
    return phases.isEmpty() || found.size() == phases.size()
        ? found.stream().mapToInt(Integer::intValue).toArray()
        : new int[0];
  }

  /**
   * Where a place is, as {@link #at}.
   *
   * @throws IllegalArgumentException naming what is at a place the feeder does not have
   */
  public int[] requireAt(BusId place, Object what) {
    int[] positions = at(place);
    if (positions.length == 0) {
      throw new IllegalArgumentException(
          "%s is at bus %s, which the feeder does not have".formatted(what, place));
    }
    return positions;
  }

  /**
   * How many values describe what enters the feeder: one per bus, then, where the engine keeps the
   * loads of its circuit itself, one per load.
   */
  public int terminals() {
    return buses.size() + (isBalanced() ? 0 : loads.size());
  }

  /**
   * The terminals a passive load draws at, in equal shares: those of its bus, or its own.
   *
   * @throws IllegalArgumentException if the feeder has no such bus or load
   */
  public int[] terminalsOf(PassiveLoad load) {
    if (isBalanced()) {
      return requireAt(load.bus(), load.name());
    }
    for (int each = 0; each < loads.size(); each++) {
      if (loads.get(each).name().equals(load.name())) {
        return new int[] {buses.size() + each};
      }
    }
    throw new IllegalArgumentException("the circuit has no load " + load.name());
  }
}
