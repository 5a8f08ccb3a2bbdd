package ndoe.feeders;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The lines of a radial feeder as a tree that hangs from the source bus. */
public final class FeederTree {
  private final BusId source;
  private final Map<BusId, Line> feeding;

  private FeederTree(BusId source, Map<BusId, Line> feeding) {
    this.source = source;
    this.feeding = feeding;
  }

  /** The tree of a feeder as {@link FeederFile} reads it; throws when it is not radial. */
  public static FeederTree of(Feeder feeder) {
    Shape shape = shape(feeder.sourceBus(), feeder.buses(), feeder.lines());
    if (!shape.isRadial()) {
      throw new IllegalArgumentException("feeder %s: %s".formatted(feeder.name(), shape));
    }
    return new FeederTree(feeder.sourceBus(), shape.feeding());
  }

  /**
   * A tree in a circuit that need not be one: the path to each bus with the fewest branches, phases
   * aside. A bus that only something else leads to, as a reactor or a third winding, counts as
   * being at the source.
   */
  static FeederTree within(Feeder feeder) {
    BusId source = feeder.sourceBus();
    Set<BusId> buses = new LinkedHashSet<>();
    feeder.buses().forEach(node -> buses.add(node.withoutPhases()));
    feeder.lines().forEach(line -> buses.addAll(List.of(line.from(), line.to())));
    List<Line> lines = new ArrayList<>(feeder.lines());
    Shape shape = shape(source, buses, lines);
    while (!shape.unreached().isEmpty()) {
      BusId bus = shape.unreached().get(0);
      lines.add(new Line(new LineId("to " + bus), source, bus, 0, 0, Double.POSITIVE_INFINITY));
      shape = shape(source, buses, lines);
    }
    return new FeederTree(source, shape.feeding());
  }

  /** The line a bus is fed through, {@code to} being this bus; empty for the source bus. */
  public Optional<Line> feedingLine(BusId bus) {
    return Optional.ofNullable(feeding.get(bus));
  }

  /** Lines from a bus up to the source, the nearest to the bus first. */
  public List<Line> pathToSource(BusId bus) {
    if (!bus.equals(source) && !feeding.containsKey(bus)) {
      throw new IllegalArgumentException("the feeder has no bus " + bus);
    }
    List<Line> path = new ArrayList<>();
    for (Line line = feeding.get(bus); line != null; line = feeding.get(line.from())) {
      path.add(line);
    }
    return path;
  }

  /** Sum of the impedance magnitudes of the lines between two buses, ohm. */
  public double impedanceOhm(BusId one, BusId other) {
    Set<Line> between = new LinkedHashSet<>(pathToSource(one.withoutPhases()));
    for (Line line : pathToSource(other.withoutPhases())) {
      if (!between.remove(line)) {
        between.add(line);
      }
    }
    return between.stream()
        .mapToDouble(line -> Math.hypot(line.resistanceOhm(), line.reactanceOhm()))
        .sum();
  }

  /** What the lines make of the buses, whether a tree or not. */
  static Shape shape(BusId source, Collection<BusId> buses, Collection<Line> lines) {
    Map<BusId, List<Line>> ends = new LinkedHashMap<>();
    buses.forEach(bus -> ends.put(bus, new ArrayList<>()));
    for (Line line : lines) {
      ends.get(line.from()).add(line);
      ends.get(line.to()).add(line);
    }
    Map<BusId, Line> feeding = new HashMap<>();
    List<List<BusId>> loops = new ArrayList<>();
    Set<Line> walked = new LinkedHashSet<>();
    List<BusId> reached = new ArrayList<>(List.of(source));
    for (int next = 0; next < reached.size(); next++) {
      BusId bus = reached.get(next);
      for (Line line : ends.get(bus)) {
        if (!walked.add(line)) {
          continue;
        }
        BusId far = line.from().equals(bus) ? line.to() : line.from();
        if (far.equals(source) || feeding.containsKey(far)) {
          loops.add(loop(bus, far, feeding));
        } else {
          feeding.put(far, awayFromSource(line, bus, far));
          reached.add(far);
        }
      }
    }
    List<BusId> unreached = new ArrayList<>(buses);
    unreached.removeAll(new LinkedHashSet<>(reached));
    return new Shape(feeding, loops, unreached);
  }

  private static Line awayFromSource(Line line, BusId from, BusId to) {
    return new Line(
        line.id(), from, to, line.resistanceOhm(), line.reactanceOhm(), line.ratingKva());
  }

  /** Buses of the loop that a line between two buses of the tree closes, in order. */
  private static List<BusId> loop(BusId one, BusId other, Map<BusId, Line> feeding) {
    List<BusId> fromOne = upwards(one, feeding);
    List<BusId> fromOther = upwards(other, feeding);
    BusId common = fromOne.stream().filter(fromOther::contains).findFirst().orElseThrow();
    List<BusId> loop = new ArrayList<>(fromOne.subList(0, fromOne.indexOf(common) + 1));
    for (int i = fromOther.indexOf(common) - 1; i >= 0; i--) {
      loop.add(fromOther.get(i));
    }
    return loop;
  }

  private static List<BusId> upwards(BusId bus, Map<BusId, Line> feeding) {
    List<BusId> buses = new ArrayList<>(List.of(bus));
    for (Line line = feeding.get(bus); line != null; line = feeding.get(line.from())) {
      buses.add(line.from());
    }
    return buses;
  }

  /**
   * What the lines make of the buses.
   *
   * @param feeding the line each reached bus is fed through, directed away from the source
   * @param loops buses of each loop
   * @param unreached buses without a path to the source
   */
  record Shape(Map<BusId, Line> feeding, List<List<BusId>> loops, List<BusId> unreached) {
    boolean isRadial() {
      return loops.isEmpty() && unreached.isEmpty();
    }
  }
}
