package ndoe.controller.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalDouble;
import ndoe.controller.journal.EnvelopeRow;
import ndoe.controller.journal.MeasurementRow;
import ndoe.feeders.BusId;
import ndoe.feeders.ProsumerId;
import org.junit.jupiter.api.Test;

class PointDayTest {
  private static final LocalDateTime START = LocalDateTime.parse("2016-06-21T00:00");
  private static final ProsumerId PROSUMER = new ProsumerId("P1");

  @Test
  void countsWhatWasMeasuredInsideAndSaysHowFarOutsideItGot() {
    PointDay day =
        PointDay.of(
                List.of(envelope(0), envelope(1), envelope(2), envelope(3)),
                List.of(measured(0, 99), measured(1, -50.0005), measured(2, -60)))
            .get(0);

    assertEquals(3, day.measuredSteps());
    assertEquals(2, day.stepsInside());
    assertEquals(OptionalDouble.of(-10), day.smallestMarginKw());
    assertEquals(OptionalDouble.empty(), day.steps().get(3).measuredKw());
  }

  @Test
  void takesTheLastMeasurementOfAStep() {
    PointDay day =
        PointDay.of(List.of(envelope(0)), List.of(measured(0, 400), measured(0, 10))).get(0);

    assertEquals(OptionalDouble.of(10), day.steps().get(0).measuredKw());
  }

  private static EnvelopeRow envelope(int hour) {
    return new EnvelopeRow(START.plusHours(hour), PROSUMER, new BusId("1"), 100, 50, 0);
  }

  private static MeasurementRow measured(int hour, double netImportKw) {
    return MeasurementRow.connectionPoint(
        START.plusHours(hour), PROSUMER, netImportKw, 0, Instant.EPOCH);
  }
}
