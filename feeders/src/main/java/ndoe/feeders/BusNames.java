package ndoe.feeders;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The buses of a script in order of appearance; names differ in more than case. */
final class BusNames {
  private final Map<String, BusId> buses = new LinkedHashMap<>();

  /** The bus of this name, noted when new. */
  BusId add(String name) {
    return buses.computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new BusId(name));
  }

  Optional<BusId> find(String name) {
    return Optional.ofNullable(buses.get(name.toLowerCase(Locale.ROOT)));
  }

  List<BusId> all() {
    return new ArrayList<>(buses.values());
  }

  /** The bus a property names, all three phases of it; a problem when it does not. */
  static Optional<String> read(DssElement element, String property) {
    Optional<String> text = element.text(property, "a bus");
    if (text.isEmpty()) {
      return text;
    }
    int dot = text.get().indexOf('.');
    String name = dot < 0 ? text.get() : text.get().substring(0, dot);
    boolean allPhases = dot < 0 || text.get().substring(dot).equals(".1.2.3");
    if (name.isBlank() || !allPhases) {
      element.problem(
          property, "found %s; allowed is a bus with all three phases".formatted(text.get()));
      return Optional.empty();
    }
    return Optional.of(name);
  }
}
