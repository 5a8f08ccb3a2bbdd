package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.DispatchReceipt.Applied;
import ndoe.devices.DispatchReceipt.Rejected;
import ndoe.devices.DispatchReceipt.Unconfirmed;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.WatchedRegisters.Seen;
import ndoe.devices.emulator.WatchedRegisters.Tampering;
import ndoe.devices.modbus.ModbusRefusal;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusServer;
import ndoe.devices.sunspec.Reversion;
import ndoe.devices.sunspec.SunSpecBattery;
import ndoe.devices.sunspec.SunSpecInverter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A control counts as applied only when the device proves it. */
@Timeout(20)
class SunSpecDispatchIT {
  private static final int BASE = 40_000;

  /** Marker, then models 1, 103, 701 and 702. */
  private static final int CONTROLS = BASE + 2 + 68 + 52 + 155 + 52;

  private static final Reversion REVERSION = new Reversion(Duration.ofSeconds(60), 15);

  private final EmulatedPlant plant =
      new EmulatedPlant(
          new DeviceId("pv"),
          Kind.GENERATOR,
          Rating.generator(100, 15),
          () -> Instant.EPOCH,
          System::nanoTime);
  private final WatchedRegisters registers = new WatchedRegisters(new DerRegisters(plant, BASE));
  private final ModbusServer server = ModbusServer.start(0, 1, registers);
  private final SunSpecInverter inverter =
      SunSpecInverter.connect(plant.id(), server.address(), REVERSION);

  @AfterEach
  void stop() {
    inverter.close();
    server.close();
  }

  @Test
  void writesALimitWithItsReversionInOneRequestAfterReadingTheDevice() {
    assertTrue(registers.log().stream().noneMatch(Seen::write));
    int before = registers.log().size();
    assertInstanceOf(Applied.class, inverter.limitActivePower(40));
    List<Seen> log = registers.log().subList(before, registers.log().size());
    List<Seen> writes = log.stream().filter(Seen::write).toList();
    assertEquals(1, writes.size());
    assertEquals(CONTROLS + 14, writes.get(0).address());
    assertEquals(List.of(1, 4_000, 1_500, 1, 0, 60), writes.get(0).written());
    assertFalse(log.get(0).write());
    assertTrue(log.stream().limit(log.indexOf(writes.get(0))).anyMatch(this::readsControls));
    assertTrue(readsControls(log.get(log.size() - 1)));
  }

  @Test
  void readsLongModelsInPartsThatEndOnPoints() {
    int before = registers.log().size();
    inverter.measure();
    List<Seen> log = registers.log().subList(before, registers.log().size());
    int measurement = BASE + 2 + 68 + 52;
    assertEquals(
        List.of(123, 32),
        log.stream()
            .filter(seen -> seen.address() >= measurement && seen.address() < measurement + 155)
            .map(Seen::count)
            .toList());
  }

  @Test
  void aLostWriteIsNotApplied() {
    unconfirmed(values -> null);
  }

  @Test
  void aHigherLimitThanAskedIsNotApplied() {
    unconfirmed(values -> with(values, 1, values[1] + 1));
  }

  @Test
  void aMuchLowerLimitThanAskedIsNotApplied() {
    unconfirmed(values -> with(values, 1, values[1] - 2));
  }

  @Test
  void aLimitThatIsNotEnabledIsNotApplied() {
    unconfirmed(values -> with(values, 0, 0));
  }

  @Test
  void aLimitWithoutItsReversionIsNotApplied() {
    unconfirmed(values -> with(values, 3, 0));
    unconfirmed(values -> with(values, 5, 0));
    unconfirmed(values -> with(values, 2, values[2] + 1));
  }

  @Test
  void aStepLowerIsAppliedAndReported() {
    registers.tamper(values -> with(values, 1, values[1] - 1));
    Applied applied = assertInstanceOf(Applied.class, inverter.limitActivePower(40));
    assertEquals(39.99, applied.appliedKw(), 1e-9);
  }

  @Test
  void refusalsBeforeAnythingChangedAreRejections() {
    for (ModbusRefusal refusal :
        List.of(
            ModbusRefusal.ILLEGAL_DATA_ADDRESS,
            ModbusRefusal.ILLEGAL_DATA_VALUE,
            ModbusRefusal.SERVER_DEVICE_BUSY)) {
      assertInstanceOf(Rejected.class, refusedWith(refusal));
    }
    assertEquals(100, plant.limitKw());
  }

  @Test
  void refusalsThatLeaveDoubtAreUnconfirmed() {
    assertInstanceOf(Unconfirmed.class, refusedWith(ModbusRefusal.SERVER_DEVICE_FAILURE));
    assertInstanceOf(Unconfirmed.class, refusedWith(ModbusRefusal.ACKNOWLEDGE));
  }

  @Test
  void aWriteThatCannotBeReadBackIsUnconfirmed() {
    registers.refuseReadsAfterTheNextWrite(ModbusRefusal.SERVER_DEVICE_BUSY);
    assertInstanceOf(Unconfirmed.class, inverter.limitActivePower(40));
    assertEquals(40, plant.limitKw());
  }

  @Test
  void looksAtTheDeviceAnewAfterALostConnection() {
    int port = server.address().port();
    server.close();
    assertInstanceOf(Unconfirmed.class, inverter.limitActivePower(40));
    InetSocketAddress where = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (SunSpecEmulator moved = SunSpecEmulator.start(plant, where, 50_000)) {
      assertEquals(port, moved.address().port());
      assertInstanceOf(Applied.class, inverter.limitActivePower(40));
      assertEquals(40, plant.limitKw());
    }
  }

  @Test
  void writesASetpointWithItsReversionInOneRequest() {
    EmulatedPlant storage =
        new EmulatedPlant(
            new DeviceId("bat"),
            Kind.STORAGE,
            Rating.storage(50, 50, 200, 0.95, 0.1, 0.9, 0.5),
            () -> Instant.EPOCH,
            System::nanoTime);
    WatchedRegisters watched = new WatchedRegisters(new DerRegisters(storage, BASE));
    try (ModbusServer own = ModbusServer.start(0, 1, watched);
        SunSpecBattery battery =
            SunSpecBattery.connect(
                storage.id(), own.address(), new Reversion(Duration.ofSeconds(60), 0))) {
      assertInstanceOf(Applied.class, battery.setActivePower(-12.5));
      List<Seen> writes = watched.log().stream().filter(Seen::write).toList();
      assertEquals(1, writes.size());
      assertEquals(CONTROLS + 22, writes.get(0).address());
      assertEquals(
          List.of(1, 1, 0xFFFE, 0x17B8, 0, 0, 0x8000, 0x8000, 1, 0, 60), writes.get(0).written());
      watched.tamper(values -> null);
      assertInstanceOf(Unconfirmed.class, battery.setActivePower(20));
    }
  }

  private DispatchReceipt refusedWith(ModbusRefusal refusal) {
    registers.tamper(
        values -> {
          throw new ModbusRefusedException(refusal, "write");
        });
    return inverter.limitActivePower(40);
  }

  private void unconfirmed(Tampering tampering) {
    registers.tamper(tampering);
    Unconfirmed receipt = assertInstanceOf(Unconfirmed.class, inverter.limitActivePower(40));
    assertTrue(receipt.reason().contains("pv at 127.0.0.1"), receipt.reason());
  }

  private boolean readsControls(Seen seen) {
    return !seen.write() && seen.address() == CONTROLS && seen.count() == 67;
  }

  private static int[] with(int[] values, int index, int value) {
    values[index] = value;
    return values;
  }
}
