package ndoe.devices.sunspec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeSet;
import ndoe.devices.sunspec.GroupDefinition.Repeat;

/**
 * Where the points of a model lie in its registers, counted from its ID register.
 *
 * <p>Paths look like {@code W}, {@code PFWInj.PF}, {@code Crv[0].Pt[1].V}. A device’s length may
 * cut a model short (points beyond it do not exist) or lengthen it (what follows is skipped).
 */
final class ModelLayout {

  /**
   * A point at its place.
   *
   * @param scaleAt offset of its scale factor point
   * @param scale its scale factor when that is a constant, or 0 when there is none
   */
  record Slot(PointDefinition point, int offset, OptionalInt scaleAt, OptionalInt scale) {
    int end() {
      return offset + point.size();
    }
  }

  /**
   * A group at its place; of one that the device’s length cuts off, what is before the cut.
   *
   * @param path as of its points, without the last full stop; empty for the model itself
   */
  record Placed(
      GroupDefinition definition, String path, Map<String, Slot> slots, List<Placed> groups) {}

  private record Scope(Scope parent, Map<String, Integer> offsets) {
    OptionalInt find(String name) {
      for (Scope scope = this; scope != null; scope = scope.parent) {
        Integer offset = scope.offsets.get(name);
        if (offset != null) {
          return OptionalInt.of(offset);
        }
      }
      return OptionalInt.empty();
    }
  }

  private final int[] registers;
  private final int known;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final NavigableSet<Integer> cuts = new TreeSet<>();
  private final NavigableSet<Integer> lesserCuts = new TreeSet<>();
  private Placed root;
  private int end;
  private boolean complete = true;

  private ModelLayout(int[] registers, int known) {
    this.registers = registers;
    this.known = known;
  }

  /**
   * Lays a model out as far as the counts in the known registers allow.
   *
   * @param registers as many as the model has on this device, ID and length included
   * @param known how many of them have been read
   */
  static ModelLayout of(ModelDefinition model, int[] registers, int known) {
    ModelLayout layout = new ModelLayout(registers, known);
    layout.root = layout.place(model.group(), "", null);
    return layout;
  }

  Map<String, Slot> slots() {
    return slots;
  }

  Placed root() {
    return root;
  }

  /**
   * Where a read that starts at the first unknown register may end at most: between points, and
   * between points of an atomic group only when that group is too long for one read.
   */
  int readableUpTo(int most) {
    return readableUpTo(known, most);
  }

  /** Whether all counts were known, so that more registers would change nothing. */
  boolean isComplete() {
    return complete;
  }

  /** As {@link #readableUpTo(int)}, once more registers have been read. */
  int readableUpTo(int known, int most) {
    if (complete && end <= known) {
      return Math.min(registers.length, known + most);
    }
    Integer boundary = cuts.floor(known + most);
    if (boundary == null || boundary <= known) {
      boundary = lesserCuts.floor(known + most);
    }
    return boundary != null && boundary > known
        ? boundary
        : Math.min(registers.length, known + most);
  }

  private Placed place(GroupDefinition group, String path, Scope parent) {
    Scope scope = new Scope(parent, new LinkedHashMap<>());
    String prefix = path.isEmpty() ? "" : path + ".";
    int offset = end;
    for (PointDefinition point : group.points()) {
      scope.offsets.put(point.name(), offset);
      offset += point.size();
    }
    Map<String, Slot> own = new LinkedHashMap<>();
    for (PointDefinition point : group.points()) {
      if (end + point.size() <= registers.length) {
        own.put(prefix + point.name(), slot(point, scope));
        (group.atomic() ? lesserCuts : cuts).add(end + point.size());
      }
      end += point.size();
    }
    slots.putAll(own);
    List<Placed> inner = new ArrayList<>();
    for (GroupDefinition definition : group.groups()) {
      repeat(definition, prefix + definition.name(), scope, inner);
    }
    if (end <= registers.length) {
      cuts.add(end);
    }
    return new Placed(group, path, own, inner);
  }

  private void repeat(GroupDefinition group, String path, Scope scope, List<Placed> into) {
    if (group.repeat() instanceof Repeat.Once) {
      into.add(place(group, path, scope));
      return;
    }
    int times = times(group.repeat(), scope);
    for (int i = 0; i < times && complete && end < registers.length; i++) {
      int before = end;
      into.add(place(group, path + "[" + i + "]", scope));
      if (end == before) {
        return;
      }
    }
  }

  private int times(Repeat repeat, Scope scope) {
    if (repeat instanceof Repeat.Times fixed) {
      return fixed.count();
    }
    if (repeat instanceof Repeat.CountedBy counted) {
      OptionalInt at = scope.find(counted.point());
      if (at.isPresent() && at.getAsInt() < known) {
        int count = registers[at.getAsInt()];
        return PointType.COUNT.implemented(count) ? count : 0;
      }
      complete = at.isPresent() && at.getAsInt() >= registers.length;
      return 0;
    }
    return Integer.MAX_VALUE;
  }

  private Slot slot(PointDefinition point, Scope scope) {
    String scale = point.scale().orElse("0");
    if (scale.charAt(0) == '-' || Character.isDigit(scale.charAt(0))) {
      return new Slot(point, end, OptionalInt.empty(), OptionalInt.of(Integer.parseInt(scale)));
    }
    return new Slot(point, end, scope.find(scale), OptionalInt.empty());
  }
}
