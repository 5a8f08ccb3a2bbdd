package ndoe.controller.dso;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import ndoe.controller.network.LinearNetwork;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.OperatorData;

/**
 * The exact robust counterparts of voltage limits and line ratings for every use of the envelopes
 * (method, 3.5), as rows over the decisions of one interval in this order: import limits, export
 * limits, static var compensation, charging, discharging.
 *
 * <p>Inside: MW, Mvar, squared per-unit voltage.
 */
final class RobustRows {
  /** Edges of the polygon inside a line’s rating circle (method, 3.5). */
  private static final int POLYGON_EDGES = 12;

  private final OperatorKnowledge operator;
  private final AcMargins margins;
  private final RiskMargins risk;
  private final int[][] pointPlaces;
  private final int[][] compensatorPlaces;
  private final int[][] batteryPlaces;

  RobustRows(OperatorKnowledge operator, AcMargins margins) {
    this.operator = operator;
    this.margins = margins;
    this.risk = new RiskMargins(operator);
    OperatorData data = operator.data();
    pointPlaces = places(operator.connectionPoints(), ConnectionPoint::bus);
    compensatorPlaces =
        places(data.staticVarCompensators(), OperatorData.StaticVarCompensator::bus);
    batteryPlaces = places(data.batteries(), OperatorData.Battery::bus);
  }

  private <T> int[][] places(List<T> connected, Function<T, BusId> bus) {
    return connected.stream()
        .map(each -> operator.feeder().at(bus.apply(each)))
        .toArray(int[][]::new);
  }

  /** How many decisions a row is about. */
  int decisions() {
    return 2 * pointPlaces.length + compensatorPlaces.length + 2 * batteryPlaces.length;
  }

  /**
   * The rows of one interval. Upper voltage limits are looked at near the export corner, lower ones
   * near the import corner, ratings near the one that the flow grows towards.
   *
   * @param activeMw passive load at every bus
   * @param reactiveMvar passive load at every bus
   */
  List<BoxedRow> at(int t, double[] activeMw, double[] reactiveMvar) {
    List<BoxedRow> rows = new ArrayList<>();
    LinearNetwork importing = margins.network().importing(t);
    LinearNetwork exporting = margins.network().exporting(t);
    double maxSquared = Math.pow(operator.feeder().voltageLimits().maxPu(), 2);
    double minSquared = Math.pow(operator.feeder().voltageLimits().minPu(), 2);
    for (int b = 1; b < importing.buses(); b++) {
      String at = "[" + operator.feeder().buses().get(b) + "," + t + "]";
      rows.add(
          new BoxedRow(
              LimitKind.HIGH_VOLTAGE,
              "over-voltage" + at,
              rise(exporting, b, -1),
              maxSquared
                  - margins.high(t, b)
                  - risk.squaredVoltage(exporting, b, t)
                  - exporting.squaredVoltagePu(b, activeMw, reactiveMvar)));
      rows.add(
          new BoxedRow(
              LimitKind.LOW_VOLTAGE,
              "under-voltage" + at,
              rise(importing, b, 1),
              importing.squaredVoltagePu(b, activeMw, reactiveMvar)
                  - minSquared
                  - margins.low(t, b)
                  - risk.squaredVoltage(importing, b, t)));
    }
    for (int l = 0; l < importing.lines(); l++) {
      for (int c = 0; c < importing.conductors(l); c++) {
        addPolygon(rows, t, l, c, activeMw, reactiveMvar);
      }
    }
    return rows;
  }

  // U⁰ + Σ ( ρ⁺ ē_exp + ρ⁻ ē_imp ) for the highest squared voltage (side −1); its negative with the
  // limits exchanged for the lowest (side 1).
  private double[] rise(LinearNetwork network, int bus, int side) {
    return row(at -> side * network.dropPerMw(bus, at), at -> side * network.dropPerMvar(bus, at));
  }

  // cosθ·P⁰ + sinθ·Q⁰ + Σ D·(h⁺ ē_imp + h⁻ ē_exp) ≤ S̄ cos(π/|A|).
  private void addPolygon(
      List<BoxedRow> rows, int t, int line, int conductor, double[] mw, double[] mvar) {
    double rating = operator.feeder().lines().get(line).ratingKva() / 1000;
    for (int a = 0; a < POLYGON_EDGES; a++) {
      double cos = Math.cos(2 * Math.PI * a / POLYGON_EDGES);
      double sin = Math.sin(2 * Math.PI * a / POLYGON_EDGES);
      LinearNetwork network = margins.network().importing(t);
      double[] row = flow(network, line, conductor, cos, sin);
      if (network != margins.network().exporting(t) && growsWithExport(row)) {
        network = margins.network().exporting(t);
        row = flow(network, line, conductor, cos, sin);
      }
      double available =
          (rating - margins.ratingMva(t, line)) * Math.cos(Math.PI / POLYGON_EDGES)
              - risk.ratingMva(network, line, conductor, t);
      rows.add(
          new BoxedRow(
              LimitKind.LINE_RATING,
              "rating[" + operator.feeder().lines().get(line).id() + "," + a + "," + t + "]",
              row,
              available
                  - cos * network.firstMva(line, conductor, mw, mvar)
                  - sin * network.secondMva(line, conductor, mw, mvar)));
    }
  }

  private boolean growsWithExport(double[] row) {
    double[] importMw = operator.importCapacityMw();
    double[] exportMw = operator.exportCapacityMw();
    double growth = 0;
    for (int n = 0; n < importMw.length; n++) {
      growth += row[importMw.length + n] * exportMw[n] - row[n] * importMw[n];
    }
    return growth > 0;
  }

  private double[] flow(LinearNetwork network, int line, int conductor, double cos, double sin) {
    return row(
        at ->
            cos * network.firstPerMw(line, conductor, at)
                + sin * network.secondPerMw(line, conductor, at),
        at ->
            cos * network.firstPerMvar(line, conductor, at)
                + sin * network.secondPerMvar(line, conductor, at));
  }

  /** A row of what grows by these per MW and Mvar drawn at a bus. */
  private double[] row(IntToDoubleFunction perMw, IntToDoubleFunction perMvar) {
    double[] row = new double[decisions()];
    int points = pointPlaces.length;
    for (int n = 0; n < points; n++) {
      double tanPhi = operator.connectionPoints().get(n).tanPhi();
      double growth = mean(pointPlaces[n], perMw) + tanPhi * mean(pointPlaces[n], perMvar);
      row[n] = Math.max(growth, 0);
      row[points + n] = Math.max(-growth, 0);
    }
    for (int v = 0; v < compensatorPlaces.length; v++) {
      row[2 * points + v] = -mean(compensatorPlaces[v], perMvar);
    }
    int charging = 2 * points + compensatorPlaces.length;
    for (int s = 0; s < batteryPlaces.length; s++) {
      double growth = mean(batteryPlaces[s], perMw);
      row[charging + s] = growth;
      row[charging + batteryPlaces.length + s] = -growth;
    }
    return row;
  }

  private static double mean(int[] places, IntToDoubleFunction of) {
    double sum = 0;
    for (int place : places) {
      sum += of.applyAsDouble(place);
    }
    return sum / places.length;
  }
}
