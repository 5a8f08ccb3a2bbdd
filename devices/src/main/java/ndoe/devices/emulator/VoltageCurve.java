package ndoe.devices.emulator;

import java.util.List;

/**
 * What a device does as its voltage changes: straight lines between points, level beyond them.
 *
 * @param points by rising voltage, at least two
 * @param responseSeconds until 90 % of a change is done (open-loop response time), ≥ 0
 */
public record VoltageCurve(List<Point> points, Reference reference, double responseSeconds) {

  /**
   * One corner.
   *
   * @param voltagePu per unit of nominal
   * @param percent of the reference; injection positive, −100 to 100
   */
  public record Point(double voltagePu, double percent) {}

  /** What 100 % stands for. */
  public enum Reference {
    /** Largest active injection. */
    ACTIVE_RATING,
    /** Largest reactive power. */
    REACTIVE_RATING,
    /** What the apparent power rating leaves beside the present active power. */
    REACTIVE_AVAILABLE,
    APPARENT_RATING
  }

  /** Throws IllegalArgumentException for what is no such curve. */
  public VoltageCurve {
    points = List.copyOf(points);
    require(points.size() >= 2, "needs two points");
    require(responseSeconds >= 0 && Double.isFinite(responseSeconds), "response time");
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      require(point.voltagePu() > 0 && Double.isFinite(point.voltagePu()), "voltage");
      require(Math.abs(point.percent()) <= 100, "percent out of -100 to 100");
      require(i == 0 || point.voltagePu() >= points.get(i - 1).voltagePu(), "voltages must rise");
    }
  }

  /**
   * The default of IEEE 1547-2018, table 8, category B: 44 % of the apparent power from 0.92 and to
   * 1.08, none from 0.98 to 1.02, in 5 s.
   */
  public static VoltageCurve voltVar() {
    return new VoltageCurve(
        List.of(new Point(0.92, 44), new Point(0.98, 0), new Point(1.02, 0), new Point(1.08, -44)),
        Reference.APPARENT_RATING,
        5);
  }

  /**
   * The default of IEEE 1547-2018, table 31: all of the active rating up to 1.06, 20 % from 1.10
   * on, in 10 s.
   */
  public static VoltageCurve voltWatt() {
    return new VoltageCurve(
        List.of(new Point(1.06, 100), new Point(1.10, 20)), Reference.ACTIVE_RATING, 10);
  }

  /** Percent of the reference at a voltage. */
  public double percentAt(double voltagePu) {
    Point before = points.get(0);
    for (Point point : points) {
      if (voltagePu < point.voltagePu()) {
        double width = point.voltagePu() - before.voltagePu();
        double share = width > 0 ? Math.max(0, voltagePu - before.voltagePu()) / width : 1;
        return before.percent() + share * (point.percent() - before.percent());
      }
      before = point;
    }
    return before.percent();
  }

  /** Of the first-order response. */
  double timeConstantSeconds() {
    return responseSeconds / Math.log(10);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("voltage curve: " + what);
    }
  }
}
