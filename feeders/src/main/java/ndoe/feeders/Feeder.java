package ndoe.feeders;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A balanced three-phase feeder with one source.
 *
 * @param nominalVoltageKv line-to-line, kV
 * @param sourceVoltagePu voltage held at the source bus, per unit
 * @param buses the source bus first, then in order of appearance in the script
 */
public record Feeder(
    String name,
    double nominalVoltageKv,
    double sourceVoltagePu,
    VoltageLimits voltageLimits,
    List<BusId> buses,
    List<Line> lines,
    List<Load> loads) {

  public Feeder {
    buses = List.copyOf(buses);
    lines = List.copyOf(lines);
    loads = List.copyOf(loads);
  }

  public BusId sourceBus() {
    return buses.get(0);
  }

  /** Position of each bus in {@link #buses()}. */
  public Map<BusId, Integer> busPositions() {
    Map<BusId, Integer> positions = new HashMap<>();
    for (BusId bus : buses) {
      positions.put(bus, positions.size());
    }
    return positions;
  }
}
