package ndoe.devices.sunspec;

import java.util.List;

/**
 * A group of points and of groups.
 *
 * @param repeat how often it occurs in its parent
 * @param atomic whether the definition asks that its points are read and written together
 */
record GroupDefinition(
    String name,
    Repeat repeat,
    boolean atomic,
    List<PointDefinition> points,
    List<GroupDefinition> groups) {
  GroupDefinition {
    points = List.copyOf(points);
    groups = List.copyOf(groups);
  }

  /** How often a group occurs. */
  sealed interface Repeat {
    /** Once, and addressed without an index. */
    record Once() implements Repeat {}

    /** A fixed number of times. */
    record Times(int count) implements Repeat {}

    /** As often as a point of an enclosing group says. */
    record CountedBy(String point) implements Repeat {}

    /** Until the model ends. */
    record ToTheEnd() implements Repeat {}
  }
}
