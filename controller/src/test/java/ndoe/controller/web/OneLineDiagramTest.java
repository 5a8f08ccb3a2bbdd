package ndoe.controller.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ndoe.controller.ReferenceDay;
import ndoe.controller.web.OneLineDiagram.Place;
import ndoe.feeders.BusId;
import ndoe.feeders.Line;
import ndoe.feeders.LineId;
import org.junit.jupiter.api.Test;

class OneLineDiagramTest {

  private static Line line(String from, String to, double ohm) {
    return new Line(new LineId(from + "-" + to), new BusId(from), new BusId(to), ohm, 0, 100);
  }

  @Test
  void drawsThePathToTheFarthestBusStraightAndLateralsBesideIt() {
    Map<BusId, Place> places =
        OneLineDiagram.of(
                new BusId("s"),
                List.of(line("s", "a", 1), line("a", "b", 1), line("a", "c", 3), line("c", "d", 1)))
            .places();
    for (String straight : List.of("s", "a", "c", "d")) {
      assertEquals(0, places.get(new BusId(straight)).lane(), straight);
    }
    assertNotEquals(0, places.get(new BusId("b")).lane());
    assertEquals(0, places.get(new BusId("s")).along());
    assertEquals(1, places.get(new BusId("d")).along());
    assertEquals(5, places.get(new BusId("d")).distanceOhm(), 1e-9);
  }

  @Test
  void putsNoTwoBusesOfTheReferenceFeederOnOnePlace() {
    var feeder = ReferenceDay.scenario().feeder();
    Map<BusId, Place> places = OneLineDiagram.of(feeder.sourceBus(), feeder.lines()).places();
    assertEquals(33, places.size());
    Set<String> taken = new HashSet<>();
    places.forEach(
        (bus, at) ->
            assertTrue(taken.add(at.lane() + "/" + Math.round(at.along() * 200)), bus + " " + at));
    for (Line line : feeder.lines()) {
      assertTrue(places.get(line.from()).along() < places.get(line.to()).along(), line.toString());
    }
  }

  @Test
  void endsOnAFeederThatIsARing() {
    Map<BusId, Place> places =
        OneLineDiagram.of(
                new BusId("s"), List.of(line("s", "a", 1), line("a", "b", 1), line("b", "s", 1)))
            .places();
    assertEquals(3, places.size());
  }
}
