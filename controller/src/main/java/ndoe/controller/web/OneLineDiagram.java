package ndoe.controller.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.report.ElectricalDistance;
import ndoe.feeders.BusId;
import ndoe.feeders.Line;

/**
 * Where the buses of a feeder are drawn: along by electrical distance from the source, across in
 * lanes, the path to the farthest bus straight on in lane 0 and each lateral in the nearest lane
 * that is free.
 *
 * @param places per bus that is connected to the source, the source first
 */
record OneLineDiagram(Map<BusId, Place> places) {
  /** Shortest line, as a share of the farthest bus’s distance. */
  private static final double SHORTEST = 0.035;

  /** Longest line, likewise. */
  private static final double LONGEST = 0.12;

  /**
   * A bus.
   *
   * @param along from the source, 0, to the end of the drawing, 1
   * @param lane 0 in the middle, negative on one side
   * @param distanceOhm from the source, ohm
   */
  record Place(double along, int lane, double distanceOhm) {}

  private record Stretch(double from, double to) {}

  static OneLineDiagram of(BusId source, List<Line> lines) {
    return new Drawing(ElectricalDistance.from(source, lines)).drawn(source);
  }

  /** One drawing in the making. */
  private static final class Drawing {
    private final ElectricalDistance distance;
    private final Map<BusId, List<BusId>> next = new HashMap<>();
    private final Map<BusId, Double> along = new LinkedHashMap<>();
    private final Map<BusId, Double> farthest = new HashMap<>();
    private final Map<Integer, List<Stretch>> taken = new HashMap<>();
    private final Map<BusId, Integer> lanes = new LinkedHashMap<>();

    Drawing(ElectricalDistance distance) {
      this.distance = distance;
      List<BusId> buses = List.copyOf(distance.ohm().keySet());
      double whole = distance.ohm().values().stream().mapToDouble(d -> d).max().orElse(1);
      for (BusId bus : buses) {
        BusId before = distance.previous().get(bus);
        if (before == null) {
          along.put(bus, 0.0);
          continue;
        }
        next.computeIfAbsent(before, key -> new ArrayList<>()).add(bus);
        double share =
            (distance.ohm().get(bus) - distance.ohm().get(before)) / Math.max(whole, 1e-9);
        along.put(bus, along.get(before) + Math.max(SHORTEST, Math.min(LONGEST, share)));
      }
      for (int i = buses.size() - 1; i >= 0; i--) {
        BusId bus = buses.get(i);
        farthest.merge(bus, along.get(bus), Math::max);
        BusId before = distance.previous().get(bus);
        if (before != null) {
          farthest.merge(before, farthest.get(bus), Math::max);
        }
      }
    }

    OneLineDiagram drawn(BusId source) {
      lanes.put(source, 0);
      path(source, 0);
      double end = along.values().stream().mapToDouble(a -> a).max().orElse(1);
      Map<BusId, Place> places = new LinkedHashMap<>();
      along.forEach(
          (bus, a) ->
              places.put(
                  bus, new Place(end > 0 ? a / end : 0, lanes.get(bus), distance.ohm().get(bus))));
      return new OneLineDiagram(places);
    }

    /** The path from a bus to its farthest end straight on, then what branches off it. */
    private void path(BusId start, int lane) {
      List<BusId> path = new ArrayList<>();
      for (BusId bus = start; bus != null; bus = straightOn(bus)) {
        path.add(bus);
        lanes.put(bus, lane);
      }
      take(lane, along.get(start), along.get(path.get(path.size() - 1)));
      for (int i = path.size() - 1; i >= 0; i--) {
        BusId bus = path.get(i);
        BusId ahead = straightOn(bus);
        for (BusId branch : next.getOrDefault(bus, List.of())) {
          if (!branch.equals(ahead)) {
            path(branch, freeLane(lane, along.get(bus), farthest.get(branch)));
          }
        }
      }
    }

    private BusId straightOn(BusId bus) {
      return next.getOrDefault(bus, List.of()).stream()
          .max(Comparator.comparingDouble(farthest::get))
          .orElse(null);
    }

    private int freeLane(int beside, double from, double to) {
      int side = beside == 0 ? 0 : Integer.signum(beside);
      for (int step = 1; ; step++) {
        for (int sign : side == 0 ? new int[] {1, -1} : new int[] {side, -side}) {
          int lane = beside + sign * step;
          boolean same = side == 0 || Integer.signum(lane) == side;
          if (same && isFree(lane, from, to)) {
            return lane;
          }
        }
      }
    }

    private boolean isFree(int lane, double from, double to) {
      return taken.getOrDefault(lane, List.of()).stream()
          .allMatch(s -> to < s.from() - SHORTEST / 2 || from > s.to() + SHORTEST / 2);
    }

    private void take(int lane, double from, double to) {
      taken.computeIfAbsent(lane, key -> new ArrayList<>()).add(new Stretch(from, to));
    }
  }
}
