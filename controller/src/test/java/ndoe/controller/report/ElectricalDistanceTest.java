package ndoe.controller.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import ndoe.feeders.BusId;
import ndoe.feeders.Line;
import ndoe.feeders.LineId;
import org.junit.jupiter.api.Test;

class ElectricalDistanceTest {

  //  a ──3+j4── b ──0+j1── c          x ──── y
  //             └──8+j6─── d
  @Test
  void addsImpedancesAlongThePathWhicheverWayALineIsDrawn() {
    ElectricalDistance distance =
        ElectricalDistance.from(
            new BusId("a"),
            List.of(
                line("d", "b", 8, 6),
                line("b", "c", 0, 1),
                line("x", "y", 1, 1),
                line("a", "b", 3, 4)));

    assertEquals(
        Map.of(new BusId("a"), 0.0, new BusId("b"), 5.0, new BusId("c"), 6.0, new BusId("d"), 15.0),
        distance.ohm());
    assertEquals(new BusId("b"), distance.previous().get(new BusId("d")));
  }

  private static Line line(String from, String to, double resistanceOhm, double reactanceOhm) {
    return new Line(
        new LineId(from + to), new BusId(from), new BusId(to), resistanceOhm, reactanceOhm, 1);
  }
}
