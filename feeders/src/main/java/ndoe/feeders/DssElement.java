package ndoe.feeders;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** An element of an OpenDSS script with the properties given to it. */
final class DssElement {

  /** The classes understood; properties in OpenDSS’s order, for values without a name. */
  enum Kind {
    CIRCUIT(
        "bus1 basekv pu angle frequency phases mvasc3 mvasc1 x1r1 x0r0 isc3 isc1 r1 x1 r0 x0",
        "bus1 basekv pu phases r1 x1 r0 x0"),
    LINE(
        "bus1 bus2 linecode length phases r1 x1 r0 x0 c1 c0 rmatrix xmatrix cmatrix switch rg xg"
            + " rho geometry units",
        "bus1 bus2 linecode length phases r1 x1 r0 x0 c1 c0 units"),
    LINECODE("nphases r1 x1 r0 x0 c1 c0 units", "nphases r1 x1 r0 x0 c1 c0 units"),
    LOAD(
        "phases bus1 kv kw pf model yearly daily duty growth conn kvar rneut xneut status class"
            + " vminpu vmaxpu",
        "phases bus1 kv kw pf model conn kvar vminpu vmaxpu");

    private final List<String> order;
    private final List<String> supported;

    Kind(String order, String supported) {
      this.order = List.of(order.split(" "));
      this.supported = List.of(supported.split(" "));
    }

    List<String> order() {
      return order;
    }

    List<String> supported() {
      return supported;
    }
  }

  private final Kind kind;
  private final String name;
  private final int line;
  private final DssScript.ProblemAt problems;
  private final Map<String, DssScript.Parameter> properties = new LinkedHashMap<>();

  DssElement(Kind kind, String name, int line, DssScript.ProblemAt problems) {
    this.kind = kind;
    this.name = name;
    this.line = line;
    this.problems = problems;
  }

  String name() {
    return name;
  }

  int line() {
    return line;
  }

  void set(List<DssScript.Parameter> parameters) {
    int position = 0;
    for (DssScript.Parameter parameter : parameters) {
      String property =
          parameter
              .name()
              .map(given -> given.toLowerCase(Locale.ROOT))
              .orElse(position < kind.order().size() ? kind.order().get(position) : "");
      if (kind.supported().contains(property)) {
        properties.put(property, parameter);
      } else {
        String shown = property.isEmpty() ? parameter.value() : property;
        problems.add(
            parameter.line(),
            key(shown),
            "not supported; " + NearNames.advice(shown, kind.supported()));
      }
      position = kind.order().indexOf(property) + 1;
    }
  }

  boolean has(String property) {
    return properties.containsKey(property);
  }

  void problem(String property, String message) {
    int at = has(property) ? properties.get(property).line() : line;
    problems.add(at, key(property), message);
  }

  /** The property’s value; a problem when there is none. */
  Optional<String> text(String property, String allowed) {
    if (!has(property)) {
      problem(property, "missing; needed is " + allowed);
      return Optional.empty();
    }
    return Optional.of(properties.get(property).value());
  }

  /** A number of the range; a problem when missing or not in it. */
  OptionalDouble number(String property, Range range) {
    Optional<String> text = text(property, range.toString());
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    OptionalDouble value = DecimalText.parse(text.get());
    if (value.isPresent() && range.contains(value.getAsDouble())) {
      return value;
    }
    problem(property, "found %s; allowed is %s".formatted(text.get(), range));
    return OptionalDouble.empty();
  }

  double number(String property, Range range, double fallback) {
    return has(property) ? number(property, range).orElse(fallback) : fallback;
  }

  /** Refuses a property that is given and is not one of these texts. */
  void onlyAllow(String property, String... allowed) {
    if (!has(property)) {
      return;
    }
    String found = properties.get(property).value();
    if (!List.of(allowed).contains(found.toLowerCase(Locale.ROOT))) {
      problem(
          property, "found %s; supported is only %s".formatted(found, String.join(", ", allowed)));
    }
  }

  private String key(String property) {
    String className = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
    return className + "." + name + (property.isEmpty() ? "" : "." + property);
  }
}
