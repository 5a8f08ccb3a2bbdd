package ndoe.controller.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import ndoe.controller.journal.CommandRow;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.journal.SetpointRow.Result;
import ndoe.devices.DeviceId;
import ndoe.feeders.ProsumerId;
import org.junit.jupiter.api.Test;

class DeviceDayTest {
  private static final LocalDateTime NOON = LocalDateTime.parse("2016-06-21T12:00");
  private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
  private static final ProsumerId P18 = new ProsumerId("P18");
  private static final DeviceId PV = new DeviceId("p18-pv");

  private static SetpointRow limit(double askedKw, OptionalDouble appliedKw, long second) {
    return told("active_power_limit", askedKw, appliedKw, second);
  }

  private static SetpointRow told(
      String quantity, double askedKw, OptionalDouble appliedKw, long second) {
    return new SetpointRow(
        NOON,
        P18,
        PV,
        "pv",
        quantity,
        askedKw,
        appliedKw,
        appliedKw.isPresent() ? Result.APPLIED : Result.UNCONFIRMED,
        "",
        START.plusSeconds(second));
  }

  private static MeasurementRow measured(double powerKw, long second) {
    return new MeasurementRow(
        NOON,
        P18,
        PV.value(),
        "pv",
        powerKw,
        0,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        START.plusSeconds(second));
  }

  private static CommandRow command(long second) {
    return new CommandRow(P18, PV, "pv", "active_power_limit", 100, START.plusSeconds(second));
  }

  private static DeviceDay day(List<SetpointRow> setpoints, MeasurementRow measurement) {
    return DeviceDay.of(setpoints, List.of(measurement), List.of()).get(0);
  }

  @Test
  void whatIsToldAfterTheMeasurementDoesNotCountAgainstIt() {
    DeviceDay day =
        day(
            List.of(limit(100, OptionalDouble.of(100), 1), limit(10, OptionalDouble.of(10), 9)),
            measured(80, 5));

    assertEquals(1, day.steps().size());
    assertEquals(100, day.steps().get(0).toldKw());
    assertTrue(day.steps().get(0).isInside());
  }

  @Test
  void generationMayStayBelowItsLimitAndNotAboveIt() {
    List<SetpointRow> told = List.of(limit(100, OptionalDouble.of(100), 1));

    assertTrue(day(told, measured(0, 2)).steps().get(0).isInside());
    assertTrue(day(told, measured(100.99, 2)).steps().get(0).isInside());
    assertFalse(day(told, measured(101.01, 2)).steps().get(0).isInside());
    assertEquals(7, day(told, measured(107, 2)).steps().get(0).beyondKw(), 1e-12);
  }

  @Test
  void aStorageIsHeldToItsSetpointFromBothSides() {
    List<SetpointRow> told = List.of(told("active_power", -20, OptionalDouble.of(-20), 1));

    assertTrue(day(told, measured(-20.5, 2)).steps().get(0).isInside());
    assertFalse(day(told, measured(-19.4, 2)).steps().get(0).isInside());
    assertFalse(day(told, measured(-20.6, 2)).steps().get(0).isInside());
  }

  @Test
  void anAnswerTookFromTheCommandBeforeItAndIsNotCountedWhenNoneCame() {
    List<SetpointRow> told =
        List.of(
            limit(100, OptionalDouble.of(100), 3),
            limit(100, OptionalDouble.of(100), 20),
            limit(100, OptionalDouble.empty(), 40));

    DeviceDay day =
        DeviceDay.of(told, List.of(), List.of(command(1), command(13), command(38))).get(0);

    assertEquals(List.of(Duration.ofSeconds(2), Duration.ofSeconds(7)), day.responses());
    assertEquals(Optional.of(Duration.ofSeconds(2)), day.medianResponse());
    assertEquals(Optional.of(Duration.ofSeconds(7)), day.longestResponse());
  }
}
