package ndoe.controller.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.journal.VoltageRow;
import ndoe.cosim.powerflow.GridState;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;

/**
 * Voltages and loadings in one interval, in the order of the diagram.
 *
 * @param lowestPu per bus, the lowest of its phases, per unit; NaN where it is not known
 * @param highestPu per bus, likewise
 * @param loadingFraction per line, of its rating; empty when it is not known
 */
record GridPicture(
    int interval, List<Double> lowestPu, List<Double> highestPu, List<Double> loadingFraction) {
  GridPicture {
    lowestPu = List.copyOf(lowestPu);
    highestPu = List.copyOf(highestPu);
    loadingFraction = List.copyOf(loadingFraction);
  }

  /** The order of buses and lines on the page. */
  record Order(List<BusId> buses, List<Integer> lines) {
    static Order of(RunSubject subject) {
      List<BusId> buses =
          List.copyOf(OneLineDiagram.of(subject.source(), subject.lines()).places().keySet());
      List<Integer> lines = new ArrayList<>();
      for (int i = 0; i < subject.lines().size(); i++) {
        if (buses.contains(subject.lines().get(i).from())
            && buses.contains(subject.lines().get(i).to())) {
          lines.add(i);
        }
      }
      return new Order(buses, lines);
    }
  }

  /** Of the feeder’s twin. */
  static GridPicture of(int interval, GridState state, Feeder feeder, Order order) {
    if (!state.converged()) {
      return new GridPicture(interval, List.of(), List.of(), List.of());
    }
    Map<BusId, double[]> range = new LinkedHashMap<>();
    for (int bus = 0; bus < feeder.buses().size(); bus++) {
      for (int phase = 0; phase < state.phases(); phase++) {
        widen(range, feeder.buses().get(bus).withoutPhases(), state.voltagePu(bus, phase));
      }
    }
    List<Double> loading = new ArrayList<>();
    for (int line : order.lines()) {
      loading.add(state.lineLoadingKva().at(line) / feeder.lines().get(line).ratingKva());
    }
    return of(interval, range, loading, order);
  }

  /** Of what a run folder keeps, which knows no loadings. */
  static GridPicture of(int interval, List<VoltageRow> rows, Order order) {
    Map<BusId, double[]> range = new LinkedHashMap<>();
    rows.forEach(row -> widen(range, row.bus(), row.voltagePu()));
    return of(interval, range, List.of(), order);
  }

  private static GridPicture of(
      int interval, Map<BusId, double[]> range, List<Double> loading, Order order) {
    double[] unknown = {Double.NaN, Double.NaN};
    return new GridPicture(
        interval,
        order.buses().stream().map(bus -> range.getOrDefault(bus, unknown)[0]).toList(),
        order.buses().stream().map(bus -> range.getOrDefault(bus, unknown)[1]).toList(),
        loading);
  }

  private static void widen(Map<BusId, double[]> range, BusId bus, double voltagePu) {
    double[] known = range.computeIfAbsent(bus, key -> new double[] {voltagePu, voltagePu});
    known[0] = Math.min(known[0], voltagePu);
    known[1] = Math.max(known[1], voltagePu);
  }

  JsonNode json() {
    ObjectNode grid = Json.object().put("t", interval);
    grid.set("low", Json.fines(lowestPu.stream().mapToDouble(v -> v)));
    if (!lowestPu.equals(highestPu)) {
      grid.set("high", Json.fines(highestPu.stream().mapToDouble(v -> v)));
    }
    grid.set(
        "loading",
        Json.fines(loadingFraction.stream().mapToDouble(l -> Math.rint(1000 * l) / 1000)));
    return grid;
  }
}
