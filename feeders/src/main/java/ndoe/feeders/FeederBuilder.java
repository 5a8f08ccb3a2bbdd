package ndoe.feeders;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes a feeder of the elements of a script and checks that it is one. */
final class FeederBuilder {
  /** Above this the source is not the ideal one that all our models assume. */
  private static final double NEGLIGIBLE_OHM = 1e-4;

  private final DssElement source;
  private final BusNames buses = new BusNames();

  FeederBuilder(DssElement source) {
    this.source = source;
  }

  Feeder build(
      Elements elements,
      double sourceVoltagePu,
      VoltageLimits limits,
      Map<String, Double> ratingsKva) {
    double nominalKv = checkSource();
    String sourceName =
        source.has("bus1") ? BusNames.read(source, "bus1").orElse("sourcebus") : "sourcebus";
    BusId sourceBus = buses.add(sourceName);
    DssLines dssLines = new DssLines(buses, elements.lineCodes(), ratingsKva);
    List<Line> lines =
        elements.lines().stream().map(dssLines::line).flatMap(Optional::stream).toList();
    if (elements.lines().isEmpty()) {
      source.problem("", "the feeder has no line");
    }
    FeederTree.Shape shape = FeederTree.shape(sourceBus, buses.all(), lines);
    if (lines.size() == elements.lines().size()) {
      checkRadial(sourceBus, shape);
    }
    DssLoads dssLoads = new DssLoads(buses, nominalKv, limits);
    List<Load> loads =
        elements.loads().stream().map(dssLoads::load).flatMap(Optional::stream).toList();
    return new Feeder(
        source.name(),
        nominalKv,
        sourceVoltagePu,
        limits,
        buses.all(),
        lines.stream().map(line -> directed(line, shape)).toList(),
        loads);
  }

  /** The line as the script has it, or turned around so that it leads away from the source. */
  private static Line directed(Line line, FeederTree.Shape shape) {
    Line turned = shape.feeding().get(line.from());
    return turned != null && turned.id().equals(line.id()) ? turned : line;
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
    return source.number("basekv", Range.above(0)).orElse(Double.NaN);
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

  /** What a script defines beside its source; line codes by name in lower case. */
  record Elements(
      Collection<DssElement> lines,
      Map<String, DssElement> lineCodes,
      Collection<DssElement> loads) {}
}
