package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.ControlCommand.Ask;
import org.junit.jupiter.api.Test;

class PayloadTest {
  private static final Instant AT = Instant.parse("2026-11-22T14:35:19.806Z");

  @Test
  void comesBackAsItWasWritten() {
    ControlCommand command =
        new ControlCommand(
            "c-1",
            "e",
            7,
            AT,
            Duration.ofMillis(1500),
            Duration.ofSeconds(60),
            new Ask.Release(),
            new Ask.Watts(-0.1 - 0.2));
    assertEquals(command, ControlCommand.parse(command.toJson()));
    ControlAck applied =
        ControlAck.applied(command, AT, OptionalDouble.of(1), OptionalDouble.empty());
    assertEquals(applied, ControlAck.parse(applied.toJson()));
    ControlAck rejected = ControlAck.rejected(Optional.empty(), OptionalLong.empty(), AT, "no");
    assertEquals(rejected, ControlAck.parse(rejected.toJson()));
    AcMeasurement ac =
        new AcMeasurement(
            3,
            AT,
            AcMeasurement.Quality.STALE,
            -1.5,
            2,
            List.of(229.5, 230.0, 230.5),
            Optional.of("p"));
    assertEquals(ac, AcMeasurement.parse(ac.toJson()));
    StorageMeasurement storage = new StorageMeasurement(3, AT, 50, OptionalDouble.of(300_000));
    assertEquals(storage, StorageMeasurement.parse(storage.toJson()));
    DeviceState state = new DeviceState(true, Optional.of(AT));
    assertEquals(state, DeviceState.parse(state.toJson()));
    assertEquals(DeviceState.lastWill(), DeviceState.parse(DeviceState.lastWill().toJson()));
    DeviceInfo info =
        new DeviceInfo(
            DeviceInfo.Kind.STORAGE, "x", 2500, 2000, 5000, 230, 0, Set.of("pSetW"), false);
    assertEquals(info, DeviceInfo.parse(info.toJson()));
    assertEquals("p", MeasurementPoll.parse(new MeasurementPoll("p").toJson()).id());
  }

  @Test
  void leavesOutWhatStaysUnchanged() {
    String json =
        new ControlCommand(
                "c",
                "e",
                1,
                AT,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                new Ask.Unchanged(),
                new Ask.Watts(5))
            .toJson();
    assertFalse(json.contains("opModGenLimW"), json);
    assertTrue(json.contains("\"pSetW\":5.0"), json);
  }

  @Test
  void toleratesFurtherKeysInMeasurements() {
    AcMeasurement ac =
        AcMeasurement.parse(
            "{\"v\":1,\"seq\":1,\"ts\":\"2026-11-22T14:35:19.806Z\",\"quality\":\"good\","
                + "\"pW\":1,\"fHz\":50.01,\"iA\":[1,2,3]}");
    assertEquals(1, ac.activePowerW());
    assertEquals(List.of(), ac.phaseVoltagesV());
  }

  @Test
  void namesTheKeyThatDoesNotFit() {
    DeviceLinkException broken =
        assertThrows(
            DeviceLinkException.class,
            () ->
                StorageMeasurement.parse(
                    "{\"v\":1,\"seq\":1,\"ts\":\"2026-11-22T14:35:19.806Z\",\"socPct\":101}"));
    assertEquals("meas/storage: socPct must be at most 100: 101", broken.getMessage());
  }

  @Test
  void cutsALongReason() {
    ControlAck ack =
        ControlAck.rejected(Optional.empty(), OptionalLong.empty(), AT, "x".repeat(5000));
    assertEquals(200, ack.reason().orElseThrow().length());
  }
}
