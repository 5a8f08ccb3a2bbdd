package ndoe.cosim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import ndoe.cosim.powerflow.Injections;
import ndoe.feeders.BusId;
import ndoe.feeders.Feeder;
import ndoe.feeders.Line;
import ndoe.feeders.LineId;
import ndoe.feeders.Load;
import ndoe.feeders.VoltageLimits;

/**
 * The feeder of Baran and Wu.
 *
 * <pre>
 *                     23─24─25
 *                     │
 *  source═1─2─3─4─5─6─7─8─…─18
 *           │         │
 *           19─…─22   26─27─…─33
 * </pre>
 *
 * with the branch to 23 at bus 3 and the branch to 26 at bus 6.
 */
public final class Ieee33 {
  public static final double NOMINAL_KV = 12.66;

  private Ieee33() {}

  public static Feeder atSourceVoltage(double sourceVoltagePu) {
    List<BusId> buses = new ArrayList<>(List.of(new BusId("1")));
    List<Line> lines = new ArrayList<>();
    List<Load> loads = new ArrayList<>();
    for (String row : rows()) {
      String[] cells = row.split(",", -1);
      BusId far = new BusId(cells[2]);
      buses.add(far);
      double ratingKva = lines.size() < 5 ? 6000 : 3000;
      lines.add(
          new Line(
              new LineId(cells[0]),
              new BusId(cells[1]),
              far,
              Double.parseDouble(cells[3]),
              Double.parseDouble(cells[4]),
              ratingKva));
      loads.add(
          new Load("B" + far, far, Double.parseDouble(cells[5]), Double.parseDouble(cells[6])));
    }
    return new Feeder(
        "ieee33", NOMINAL_KV, sourceVoltagePu, new VoltageLimits(0.95, 1.05), buses, lines, loads);
  }

  /** Every load of the feeder at this multiple of its nominal power. */
  public static Injections loadedAt(Feeder feeder, double scale) {
    Injections injections = new Injections(feeder.buses().size());
    for (Load load : feeder.loads()) {
      injections.add(
          feeder.buses().indexOf(load.bus()),
          -scale * load.activePowerKw(),
          -scale * load.reactivePowerKvar());
    }
    return injections;
  }

  private static List<String> rows() {
    try (InputStream stream = Ieee33.class.getResourceAsStream("baran-wu-33.csv")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
