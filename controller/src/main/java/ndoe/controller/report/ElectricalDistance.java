package ndoe.controller.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ndoe.feeders.BusId;
import ndoe.feeders.Line;

/**
 * How far each bus is from the source: the sum of |R + jX| along the path, ohm.
 *
 * @param ohm per bus that can be reached, the source first
 * @param previous the next bus towards the source; none for the source
 */
public record ElectricalDistance(Map<BusId, Double> ohm, Map<BusId, BusId> previous) {

  /** Along the lines, nearest first. */
  public static ElectricalDistance from(BusId source, List<Line> lines) {
    Map<BusId, List<Line>> linesAt = new HashMap<>();
    for (Line line : lines) {
      linesAt.computeIfAbsent(line.from(), bus -> new ArrayList<>()).add(line);
      linesAt.computeIfAbsent(line.to(), bus -> new ArrayList<>()).add(line);
    }
    Map<BusId, Double> ohm = new LinkedHashMap<>(Map.of(source, 0.0));
    Map<BusId, BusId> previous = new HashMap<>();
    Deque<BusId> open = new ArrayDeque<>(List.of(source));
    while (!open.isEmpty()) {
      BusId bus = open.remove();
      for (Line line : linesAt.getOrDefault(bus, List.of())) {
        BusId next = line.from().equals(bus) ? line.to() : line.from();
        if (!ohm.containsKey(next)) {
          ohm.put(next, ohm.get(bus) + Math.hypot(line.resistanceOhm(), line.reactanceOhm()));
          previous.put(next, bus);
          open.add(next);
        }
      }
    }
    return new ElectricalDistance(ohm, previous);
  }
}
