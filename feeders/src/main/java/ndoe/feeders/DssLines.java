package ndoe.feeders;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes lines of the Line and Linecode elements of a script. */
final class DssLines {
  private static final Map<String, Double> METRES =
      Map.of(
          "m", 1.0, "km", 1000.0, "cm", 0.01, "mm", 0.001, "ft", 0.3048, "kft", 304.8, "in", 0.0254,
          "mi", 1609.344, "miles", 1609.344);

  private final BusNames buses;
  private final Map<String, DssElement> lineCodes;
  private final Map<String, Double> ratingsKva;

  DssLines(BusNames buses, Map<String, DssElement> lineCodes, Map<String, Double> ratingsKva) {
    this.buses = buses;
    this.lineCodes = lineCodes;
    this.ratingsKva = ratingsKva;
  }

  Optional<Line> line(DssElement element) {
    element.onlyAllow("phases", "3");
    Optional<String> from = BusNames.read(element, "bus1");
    Optional<String> to = BusNames.read(element, "bus2");
    Optional<DssElement> code = lineCode(element);
    OptionalDouble length = lengthInImpedanceUnits(element, code);
    OptionalDouble rating = rating(element);
    Optional<double[]> ohmPerLength = impedance(code.orElse(element));
    if (from.isPresent() && to.isPresent() && from.get().equalsIgnoreCase(to.get())) {
      element.problem("bus2", "both ends are at bus %s".formatted(to.get()));
      return Optional.empty();
    }
    boolean complete =
        from.isPresent()
            && to.isPresent()
            && length.isPresent()
            && ohmPerLength.isPresent()
            && rating.isPresent();
    if (!complete || element.name().isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        new Line(
            new LineId(element.name()),
            buses.add(from.get()),
            buses.add(to.get()),
            ohmPerLength.get()[0] * length.getAsDouble(),
            ohmPerLength.get()[1] * length.getAsDouble(),
            rating.getAsDouble()));
  }

  /** Resistance and reactance, ohm per unit of length. */
  private static Optional<double[]> impedance(DssElement element) {
    OptionalDouble r = element.number("r1", Range.atLeast(0));
    OptionalDouble x = element.number("x1", Range.atLeast(0));
    for (String zeroSequence : List.of("r0", "x0", "c0")) {
      element.number(zeroSequence, Range.atLeast(0), 0);
    }
    if (!element.has("c1")) {
      element.problem(
          "c1",
          "missing, and OpenDSS would assume charging, which is not modelled; write c1=0 c0=0");
    } else if (element.number("c1", Range.atLeast(0)).orElse(0) > 0) {
      element.problem("c1", "charging is not modelled; allowed is only 0");
    }
    if (r.isEmpty() || x.isEmpty()) {
      return Optional.empty();
    }
    if (r.getAsDouble() + x.getAsDouble() == 0) {
      element.problem("r1", "r1 and x1 are both 0; at least one must be > 0");
    }
    return Optional.of(new double[] {r.getAsDouble(), x.getAsDouble()});
  }

  private Optional<DssElement> lineCode(DssElement element) {
    if (!element.has("linecode")) {
      return Optional.empty();
    }
    for (String own : List.of("r1", "x1", "r0", "x0", "c1", "c0")) {
      if (element.has(own)) {
        element.problem(own, "given beside a linecode; give one of them");
      }
    }
    String name = element.text("linecode", "a linecode").orElse("");
    DssElement code = lineCodes.get(name.toLowerCase(Locale.ROOT));
    if (code == null) {
      element.problem(
          "linecode", name + " is not defined; " + NearNames.advice(name, lineCodes.keySet()));
      return Optional.empty();
    }
    code.onlyAllow("nphases", "3");
    return Optional.of(code);
  }

  private static OptionalDouble lengthInImpedanceUnits(
      DssElement element, Optional<DssElement> code) {
    OptionalDouble length =
        element.has("length") ? element.number("length", Range.above(0)) : OptionalDouble.of(1);
    OptionalDouble own = metres(element);
    OptionalDouble ofCode = code.map(DssLines::metres).orElse(OptionalDouble.empty());
    return length.isPresent() && own.isPresent() && ofCode.isPresent()
        ? OptionalDouble.of(length.getAsDouble() * own.getAsDouble() / ofCode.getAsDouble())
        : length;
  }

  private static OptionalDouble metres(DssElement element) {
    if (!element.has("units")) {
      return OptionalDouble.empty();
    }
    String unit = element.text("units", "a unit").orElse("").toLowerCase(Locale.ROOT);
    if (METRES.containsKey(unit)) {
      return OptionalDouble.of(METRES.get(unit));
    }
    element.onlyAllow("units", "none", "m", "km", "cm", "mm", "ft", "kft", "in", "mi", "miles");
    return OptionalDouble.empty();
  }

  private OptionalDouble rating(DssElement element) {
    OptionalDouble rating =
        ratingsKva.entrySet().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(element.name()))
            .mapToDouble(Map.Entry::getValue)
            .findFirst();
    if (rating.isEmpty() && ratingsKva.containsKey("default")) {
      rating = OptionalDouble.of(ratingsKva.get("default"));
    }
    if (rating.isEmpty()) {
      element.problem("rating", "no rating is given for this line and no default");
    } else if (!Range.above(0).contains(rating.getAsDouble())) {
      element.problem(
          "rating", "found %s; allowed is a number > 0 (kVA)".formatted(rating.getAsDouble()));
    }
    return rating;
  }
}
