package ndoe.controller.dso;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ndoe.controller.network.LinDistFlow;
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
  private final LinDistFlow network;
  private final AcMargins margins;
  private final RiskMargins risk;
  private final int[] pointBus;
  private final int[] compensatorBus;
  private final int[] batteryBus;

  RobustRows(OperatorKnowledge operator, LinDistFlow network, AcMargins margins) {
    this.operator = operator;
    this.network = network;
    this.margins = margins;
    this.risk = new RiskMargins(operator, network);
    Map<BusId, Integer> positions = operator.feeder().busPositions();
    OperatorData data = operator.data();
    pointBus = operator.connectionPoints().stream().mapToInt(p -> positions.get(p.bus())).toArray();
    compensatorBus =
        data.staticVarCompensators().stream().mapToInt(v -> positions.get(v.bus())).toArray();
    batteryBus = data.batteries().stream().mapToInt(s -> positions.get(s.bus())).toArray();
  }

  /** How many decisions a row is about. */
  int decisions() {
    return 2 * pointBus.length + compensatorBus.length + 2 * batteryBus.length;
  }

  /**
   * The rows of one interval.
   *
   * @param activeMw passive load at every bus
   * @param reactiveMvar passive load at every bus
   */
  List<BoxedRow> at(int t, double[] activeMw, double[] reactiveMvar) {
    List<BoxedRow> rows = new ArrayList<>();
    double maxSquared = Math.pow(operator.feeder().voltageLimits().maxPu(), 2);
    double minSquared = Math.pow(operator.feeder().voltageLimits().minPu(), 2);
    for (int b = 1; b < network.buses(); b++) {
      double base = network.squaredVoltagePu(b, activeMw, reactiveMvar);
      double margin = risk.squaredVoltage(b, t);
      String at = "[" + operator.feeder().buses().get(b) + "," + t + "]";
      rows.add(
          new BoxedRow(
              LimitKind.HIGH_VOLTAGE,
              "over-voltage" + at,
              rise(b, -1),
              maxSquared - margins.high(t, b) - margin - base));
      rows.add(
          new BoxedRow(
              LimitKind.LOW_VOLTAGE,
              "under-voltage" + at,
              rise(b, 1),
              base - minSquared - margins.low(t, b) - margin));
    }
    for (int l = 0; l < network.lines(); l++) {
      addPolygon(rows, t, l, network.flow(l, activeMw), network.flow(l, reactiveMvar));
    }
    return rows;
  }

  // U⁰ + Σ ( ρ⁺ ē_exp + ρ⁻ ē_imp ) for the highest squared voltage (side −1); its negative with the
  // limits exchanged for the lowest (side 1).
  private double[] rise(int bus, int side) {
    double[] row = new double[decisions()];
    int points = pointBus.length;
    for (int n = 0; n < points; n++) {
      double drop =
          network.dropPerMw(bus, pointBus[n])
              + operator.connectionPoints().get(n).tanPhi() * network.dropPerMvar(bus, pointBus[n]);
      row[n] = Math.max(side * drop, 0);
      row[points + n] = Math.max(-side * drop, 0);
    }
    for (int v = 0; v < compensatorBus.length; v++) {
      row[2 * points + v] = -side * network.dropPerMvar(bus, compensatorBus[v]);
    }
    int charging = 2 * points + compensatorBus.length;
    for (int s = 0; s < batteryBus.length; s++) {
      double drop = network.dropPerMw(bus, batteryBus[s]);
      row[charging + s] = side * drop;
      row[charging + batteryBus.length + s] = -side * drop;
    }
    return row;
  }

  // cosθ·P⁰ + sinθ·Q⁰ + Σ D·(h⁺ ē_imp + h⁻ ē_exp) ≤ S̄ cos(π/|A|).
  private void addPolygon(List<BoxedRow> rows, int t, int line, double p, double q) {
    double rating = operator.feeder().lines().get(line).ratingKva() / 1000;
    double available =
        (rating - margins.ratingMva(t, line)) * Math.cos(Math.PI / POLYGON_EDGES)
            - risk.ratingMva(line, t);
    for (int a = 0; a < POLYGON_EDGES; a++) {
      double cos = Math.cos(2 * Math.PI * a / POLYGON_EDGES);
      double sin = Math.sin(2 * Math.PI * a / POLYGON_EDGES);
      rows.add(
          new BoxedRow(
              LimitKind.LINE_RATING,
              "rating[" + operator.feeder().lines().get(line).id() + "," + a + "," + t + "]",
              flow(line, cos, sin),
              available - cos * p - sin * q));
    }
  }

  private double[] flow(int line, double cos, double sin) {
    double[] row = new double[decisions()];
    int points = pointBus.length;
    for (int n = 0; n < points; n++) {
      if (network.feeds(line, pointBus[n])) {
        ConnectionPoint point = operator.connectionPoints().get(n);
        double h = cos + point.tanPhi() * sin;
        row[n] = Math.max(h, 0);
        row[points + n] = Math.max(-h, 0);
      }
    }
    for (int v = 0; v < compensatorBus.length; v++) {
      if (network.feeds(line, compensatorBus[v])) {
        row[2 * points + v] = -sin;
      }
    }
    int charging = 2 * points + compensatorBus.length;
    for (int s = 0; s < batteryBus.length; s++) {
      if (network.feeds(line, batteryBus[s])) {
        row[charging + s] = cos;
        row[charging + batteryBus.length + s] = -cos;
      }
    }
    return row;
  }
}
