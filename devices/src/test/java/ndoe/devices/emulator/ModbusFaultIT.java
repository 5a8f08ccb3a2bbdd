package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.modbus.ModbusLink;
import ndoe.devices.modbus.ModbusRefusal;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusTimings;
import ndoe.devices.sunspec.ModelReading;
import ndoe.devices.sunspec.SunSpecScan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault breaks what it says, and clearing it mends the device without a restart. */
@Timeout(30)
class ModbusFaultIT {
  private static final ModbusTimings BRIEF =
      new ModbusTimings(Duration.ofSeconds(2), Duration.ofMillis(250), Duration.ZERO);
  private static final int MARKER = 0x5375;

  private final AtomicLong nanos = new AtomicLong();
  private final EmulatedPlant plant =
      new EmulatedPlant(
          new DeviceId("pv"),
          Kind.GENERATOR,
          Rating.generator(100, 0),
          () -> Instant.EPOCH,
          nanos::get);
  private final SunSpecEmulator emulator = SunSpecEmulator.start(plant);
  private final ModbusLink link = new ModbusLink(emulator.address(), BRIEF);
  private final int limit = address(704) + 14;

  @AfterEach
  void close() {
    link.close();
    emulator.close();
  }

  private int address(int model) {
    return scan(model).address();
  }

  private ModelReading.Decoded scan(int model) {
    return SunSpecScan.of(emulator.address(), ModbusTimings.DEFAULT).find(model).orElseThrow();
  }

  private double watts() {
    return scan(701).number("W").orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "LATE",
        "SILENT",
        "HALF_OPEN",
        "WRONG_TRANSACTION_ID",
        "WRONG_UNIT_ID",
        "TORN_FRAME"
      })
  void breaksTheLinkUntilItIsCleared(Fault fault) throws Exception {
    assertEquals(MARKER, link.read(40_000, 1)[0]);
    emulator.inject(fault);
    assertEquals(Set.of(fault), emulator.faults());
    assertThrows(DeviceLinkException.class, () -> link.read(40_000, 1));
    assertThrows(DeviceLinkException.class, () -> link.write(limit, 1, 4_000, 0, 1, 0, 0));
    assertEquals(fault == Fault.HALF_OPEN ? 100 : 40, plant.limitKw(), "whether it was acted upon");
    emulator.clear(fault);
    assertEquals(MARKER, link.read(40_000, 1)[0]);
    assertTrue(emulator.faults().isEmpty());
  }

  @Test
  void aHalfOpenConnectionStaysDeadAfterTheFaultIsCleared() throws Exception {
    byte[] readMarker = {0, 1, 0, 0, 0, 6, 1, 3, (byte) 0x9C, 0x40, 0, 1};
    try (Socket dead = new Socket(emulator.address().host(), emulator.address().port())) {
      dead.setSoTimeout(300);
      emulator.inject(Fault.HALF_OPEN);
      dead.getOutputStream().write(readMarker);
      assertThrows(SocketTimeoutException.class, () -> dead.getInputStream().read());
      emulator.clear(Fault.HALF_OPEN);
      dead.getOutputStream().write(readMarker);
      assertThrows(SocketTimeoutException.class, () -> dead.getInputStream().read());
      assertEquals(MARKER, link.read(40_000, 1)[0]);
    }
  }

  @Test
  void refusesEverythingWithADeviceFailure() throws Exception {
    emulator.inject(Fault.EXCEPTION);
    assertEquals(
        ModbusRefusal.SERVER_DEVICE_FAILURE,
        assertThrows(ModbusRefusedException.class, () -> link.read(40_000, 1)).refusal());
    assertThrows(ModbusRefusedException.class, () -> link.write(limit, 1, 4_000, 0, 1, 0, 0));
    assertEquals(100, plant.limitKw());
    emulator.clearFaults();
    assertEquals(MARKER, link.read(40_000, 1)[0]);
  }

  @Test
  void takesASetpointAndDoesNotFollowIt() throws Exception {
    emulator.inject(Fault.IGNORING_SETPOINTS);
    link.write(limit, 1, 4_000, 0, 1, 0, 60);
    assertEquals(4_000, link.read(limit + 1, 1)[0]);
    assertEquals(60, link.read(limit + 7, 1)[0], "the timer runs");
    assertEquals(100_000, watts());
    emulator.clear(Fault.IGNORING_SETPOINTS);
    assertEquals(40_000, watts());
  }

  @Test
  void driftsAwayFromItsLimit() throws Exception {
    link.write(limit, 1, 4_000, 0, 1, 0, 0);
    emulator.inject(Fault.DRIFTING);
    assertEquals(40_000, watts());
    nanos.addAndGet(Duration.ofSeconds(12).toNanos());
    assertEquals(52_000, watts(), 1);
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertEquals(90_000, watts(), 1);
    assertEquals(40, plant.activePowerKw(), "what it really does");
    emulator.clear(Fault.DRIFTING);
    assertEquals(40_000, watts());
  }

  @Test
  void freezesMeasurementsAndHeartbeatOnly() throws Exception {
    int heartbeat = address(715) + 4;
    int before = link.read(heartbeat, 1)[0];
    emulator.inject(Fault.FROZEN);
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    link.write(limit, 1, 4_000, 0, 1, 0, 0);
    assertEquals(before, link.read(heartbeat, 1)[0]);
    assertEquals(100_000, watts());
    assertEquals(4_000, link.read(limit + 1, 1)[0]);
    emulator.clear(Fault.FROZEN);
    assertEquals(before + 5, link.read(heartbeat, 1)[0]);
    assertEquals(40_000, watts());
  }

  @Test
  void stopsAndStartsByOperationControl() throws Exception {
    int operation = address(715) + 8;
    link.write(operation, 0);
    assertEquals(0, watts());
    assertFalse(plant.connected());
    link.write(operation, 1);
    assertEquals(100_000, watts());
    assertThrows(ModbusRefusedException.class, () -> link.write(operation, 2));
  }
}
