package ndoe.devices.sunspec;

import java.util.List;
import java.util.stream.Stream;

/**
 * A group of points and of groups as a device has it.
 *
 * @param path from the model, as in {@code Crv[0].Pt[1]}; empty for the model’s outermost group
 * @param atomic whether the definition asks that its points are read and written together
 * @param points without padding
 */
public record GroupReading(
    String path, boolean atomic, List<PointReading> points, List<GroupReading> groups) {
  public GroupReading {
    points = List.copyOf(points);
    groups = List.copyOf(groups);
  }

  /** Its points and those of the groups in it, in the order of their registers. */
  public Stream<PointReading> allPoints() {
    return Stream.concat(points.stream(), groups.stream().flatMap(GroupReading::allPoints));
  }
}
