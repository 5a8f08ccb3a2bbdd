package ndoe.controller.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.util.List;
import ndoe.controller.journal.VoltageRow;
import ndoe.feeders.BusId;
import org.junit.jupiter.api.Test;

class VoltageDayTest {
  private static final LocalDateTime START = LocalDateTime.parse("2016-06-21T00:00");

  @Test
  void findsTheWorstIntervalsOfTheDay() {
    VoltageDay day =
        new VoltageDay(
            List.of(
                row(0, "1", 1.03),
                row(0, "2", 0.97),
                row(0, "3", 1.00),
                row(1, "1", 1.03),
                row(1, "2", 1.04),
                row(1, "3", Double.NaN)));

    assertEquals(START, day.lowest().orElseThrow().start());
    assertEquals("2", day.lowest().orElseThrow().lowest().bus().value());
    assertEquals(1.00, day.lowest().orElseThrow().medianPu());
    assertEquals(1.04, day.highest().orElseThrow().highest().voltagePu());
    assertEquals(1.035, day.highest().orElseThrow().medianPu(), 1e-12);
  }

  @Test
  void countsTheLaterOfTwoStatesOfOneInterval() {
    VoltageDay day = new VoltageDay(List.of(row(0, "1", 0.9), row(0, "1", 1.0)));

    assertEquals(1.0, day.lowest().orElseThrow().lowest().voltagePu());
  }

  @Test
  void isEmptyWithoutRows() {
    assertTrue(new VoltageDay(List.of()).isEmpty());
  }

  private static VoltageRow row(int hour, String bus, double voltagePu) {
    return new VoltageRow(START.plusHours(hour), new BusId(bus), 1, voltagePu);
  }
}
