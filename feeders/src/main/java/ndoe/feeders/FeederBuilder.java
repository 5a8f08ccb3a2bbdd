package ndoe.feeders;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Makes a feeder of the elements of a script and checks that it is one. */
final class FeederBuilder {
  /** Above this the source is not the ideal one that all our models assume. */
  private static final double NEGLIGIBLE_OHM = 1e-4;

  private static final Map<String, Double> METRES =
      Map.of(
          "m", 1.0, "km", 1000.0, "cm", 0.01, "mm", 0.001, "ft", 0.3048, "kft", 304.8, "in", 0.0254,
          "mi", 1609.344, "miles", 1609.344);

  private final DssElement source;
  private final Map<String, DssElement> lineCodes;
  private final Map<String, BusId> buses = new LinkedHashMap<>();

  FeederBuilder(DssElement source, Map<String, DssElement> lineCodes) {
    this.source = source;
    this.lineCodes = lineCodes;
  }

  Feeder build(
      Collection<DssElement> lineElements,
      Collection<DssElement> loadElements,
      double sourceVoltagePu,
      VoltageLimits limits,
      Map<String, Double> ratingsKva) {
    BusId sourceBus =
        bus(source.has("bus1") ? source.text("bus1", "a bus").orElse("") : "sourcebus");
    double nominalKv = checkSource();
    List<Line> lines = new ArrayList<>();
    for (DssElement element : lineElements) {
      line(element, ratingsKva).ifPresent(lines::add);
    }
    if (lineElements.isEmpty()) {
      source.problem("", "the feeder has no line");
    }
    FeederTree.Shape shape = FeederTree.shape(sourceBus, buses.values(), lines);
    if (lines.size() == lineElements.size()) {
      checkRadial(sourceBus, shape);
    }
    List<Load> loads = new ArrayList<>();
    for (DssElement element : loadElements) {
      load(element, nominalKv, limits).ifPresent(loads::add);
    }
    List<Line> directed = lines.stream().map(line -> directed(line, shape)).toList();
    return new Feeder(
        source.name(),
        nominalKv,
        sourceVoltagePu,
        limits,
        new ArrayList<>(buses.values()),
        directed,
        loads);
  }

  private static Line directed(Line line, FeederTree.Shape shape) {
    Line feedingFar = shape.feeding().get(line.from());
    return feedingFar != null && feedingFar.id().equals(line.id()) ? feedingFar : line;
  }

  private double checkSource() {
    source.onlyAllow("phases", "3");
    source.number("pu", Range.above(0), 1);
    source.number("r0", Range.atLeast(0), 0);
    source.number("x0", Range.atLeast(0), 0);
    for (String part : List.of("r1", "x1")) {
      if (source.has(part)) {
        source.number(part, Range.between(0, NEGLIGIBLE_OHM));
      } else {
        source.problem(
            part,
            "missing, and OpenDSS would assume a weak source; write r1=1e-8 x1=1e-7 r0=1e-8"
                + " x0=1e-7");
      }
    }
    return source.number("basekv", Range.above(0)).orElse(1);
  }

  private void checkRadial(BusId sourceBus, FeederTree.Shape shape) {
    for (List<BusId> loop : shape.loops()) {
      source.problem("", "not radial: the lines make a loop over buses %s".formatted(names(loop)));
    }
    if (!shape.unreached().isEmpty()) {
      source.problem(
          "",
          "not connected: no line leads from source bus %s to buses %s"
              .formatted(sourceBus, names(shape.unreached())));
    }
  }

  private static String names(List<BusId> buses) {
    return buses.stream().map(BusId::value).collect(Collectors.joining(", "));
  }

  private Optional<Line> line(DssElement element, Map<String, Double> ratingsKva) {
    element.onlyAllow("phases", "3");
    Optional<String> from = busName(element, "bus1");
    Optional<String> to = busName(element, "bus2");
    Optional<DssElement> code = lineCode(element);
    DssElement impedance = code.orElse(element);
    code.ifPresent(
        any ->
            List.of("r1", "x1", "r0", "x0", "c1", "c0")
                .forEach(
                    property -> {
                      if (element.has(property)) {
                        element.problem(property, "given beside a linecode; give one of them");
                      }
                    }));
    OptionalDouble length = lengthInImpedanceUnits(element, code);
    OptionalDouble r = impedance.number("r1", Range.atLeast(0));
    OptionalDouble x = impedance.number("x1", Range.atLeast(0));
    checkZeroSequenceAndCharging(impedance);
    OptionalDouble rating = rating(element, ratingsKva);
    boolean complete =
        from.isPresent()
            && to.isPresent()
            && length.isPresent()
            && r.isPresent()
            && x.isPresent()
            && rating.isPresent();
    if (!complete || element.name().isEmpty()) {
      return Optional.empty();
    }
    if (r.getAsDouble() + x.getAsDouble() <= 0) {
      element.problem("r1", "r1 and x1 are both 0; at least one must be > 0");
    }
    if (from.get().equalsIgnoreCase(to.get())) {
      element.problem("bus2", "both ends are at bus %s".formatted(to.get()));
      return Optional.empty();
    }
    return Optional.of(
        new Line(
            new LineId(element.name()),
            bus(from.get()),
            bus(to.get()),
            r.getAsDouble() * length.getAsDouble(),
            x.getAsDouble() * length.getAsDouble(),
            rating.getAsDouble()));
  }

  private static void checkZeroSequenceAndCharging(DssElement impedance) {
    impedance.number("r0", Range.atLeast(0), 0);
    impedance.number("x0", Range.atLeast(0), 0);
    impedance.number("c0", Range.atLeast(0), 0);
    if (!impedance.has("c1")) {
      impedance.problem(
          "c1",
          "missing, and OpenDSS would assume charging, which is not modelled; write c1=0 c0=0");
    } else if (impedance.number("c1", Range.atLeast(0)).orElse(0) > 0) {
      impedance.problem("c1", "charging is not modelled; allowed is only 0");
    }
  }

  private Optional<DssElement> lineCode(DssElement element) {
    if (!element.has("linecode")) {
      return Optional.empty();
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

  private OptionalDouble lengthInImpedanceUnits(DssElement element, Optional<DssElement> code) {
    OptionalDouble length =
        element.has("length") ? element.number("length", Range.above(0)) : OptionalDouble.of(1);
    OptionalDouble own = metres(element);
    OptionalDouble ofCode = code.map(FeederBuilder::metres).orElse(OptionalDouble.empty());
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

  private OptionalDouble rating(DssElement element, Map<String, Double> ratingsKva) {
    OptionalDouble rating =
        ratingsKva.entrySet().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(element.name()))
            .mapToDouble(Map.Entry::getValue)
            .findFirst();
    if (rating.isEmpty() && ratingsKva.containsKey("default")) {
      rating = OptionalDouble.of(ratingsKva.get("default"));
    }
    if (rating.isEmpty()) {
      element.problem("rating", "the scenario gives no rating for this line and no default");
    } else if (!(rating.getAsDouble() > 0 && Double.isFinite(rating.getAsDouble()))) {
      element.problem("rating", "found %s; allowed is a number > 0 (kVA)".formatted(rating));
    }
    return rating;
  }

  private Optional<Load> load(DssElement element, double nominalKv, VoltageLimits limits) {
    element.onlyAllow("phases", "3");
    element.onlyAllow("model", "1");
    element.onlyAllow("conn", "wye", "delta", "y", "ln", "d", "ll");
    Optional<String> bus = busName(element, "bus1");
    OptionalDouble kv = element.number("kv", Range.above(0));
    if (kv.isPresent() && Math.abs(kv.getAsDouble() / nominalKv - 1) > 1e-3) {
      element.problem(
          "kv", "found %s; allowed is the source’s %s kV".formatted(kv.getAsDouble(), nominalKv));
    }
    checkConstantPower(element, limits);
    OptionalDouble activeKw = element.number("kw", Range.atLeast(0));
    OptionalDouble reactiveKvar = reactivePower(element, activeKw.orElse(0));
    if (bus.isEmpty() || activeKw.isEmpty() || reactiveKvar.isEmpty()) {
      return Optional.empty();
    }
    BusId known = buses.get(bus.get().toLowerCase(Locale.ROOT));
    if (known == null) {
      List<String> names = buses.values().stream().map(BusId::value).toList();
      element.problem(
          "bus1",
          "no line ends at bus %s; %s".formatted(bus.get(), NearNames.advice(bus.get(), names)));
      return Optional.empty();
    }
    return Optional.of(
        new Load(element.name(), known, activeKw.getAsDouble(), reactiveKvar.getAsDouble()));
  }

  /** OpenDSS turns a load into an impedance outside this band; our loads never are. */
  private static void checkConstantPower(DssElement element, VoltageLimits limits) {
    double low = element.number("vminpu", Range.atLeast(0), 0.95);
    double high = element.number("vmaxpu", Range.atLeast(0), 1.05);
    if (low > limits.minPu()) {
      element.problem(
          "vminpu",
          "is %s; allowed is at most the lower voltage limit %s".formatted(low, limits.minPu()));
    }
    if (high < limits.maxPu()) {
      element.problem(
          "vmaxpu",
          "is %s; allowed is at least the upper voltage limit %s".formatted(high, limits.maxPu()));
    }
  }

  private static OptionalDouble reactivePower(DssElement element, double activeKw) {
    if (element.has("kvar") == element.has("pf")) {
      element.problem("kvar", "needed is either kvar or pf");
      return OptionalDouble.empty();
    }
    if (element.has("kvar")) {
      return element.number("kvar", Range.finite());
    }
    OptionalDouble factor = element.number("pf", Range.between(-1, 1));
    if (factor.isPresent() && factor.getAsDouble() == 0) {
      element.problem("pf", "found 0; allowed is a number from -1 to 1 but not 0");
      return OptionalDouble.empty();
    }
    return factor.isEmpty()
        ? factor
        : OptionalDouble.of(activeKw * Math.tan(Math.acos(factor.getAsDouble())));
  }

  private Optional<String> busName(DssElement element, String property) {
    Optional<String> text = element.text(property, "a bus");
    if (text.isEmpty()) {
      return text;
    }
    int dot = text.get().indexOf('.');
    String name = dot < 0 ? text.get() : text.get().substring(0, dot);
    boolean allPhases = dot < 0 || text.get().substring(dot).equals(".1.2.3");
    if (name.isEmpty() || !allPhases) {
      element.problem(
          property, "found %s; allowed is a bus with all three phases".formatted(text.get()));
      return Optional.empty();
    }
    return Optional.of(name);
  }

  private BusId bus(String name) {
    return buses.computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new BusId(name));
  }
}
