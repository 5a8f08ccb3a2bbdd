package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.SunSpecEmulator.Placement;
import ndoe.devices.modbus.ModbusLink;
import ndoe.devices.modbus.ModbusRefusal;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusTimings;
import ndoe.devices.sunspec.SunSpecScan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Volt-var and volt-watt as clients set them, in both generations of models. */
@Timeout(30)
class VoltageCurveModelsIT {
  private static final int SECOND_CURVE_705 = 15 + 18;
  private static final int SECOND_CURVE_126 = 12 + 54;
  private static final int[] STEEP = {9_000, 4_000, 9_900, 0, 10_100, 0, 10_300, 0xFFFF & -4_000};

  private final AtomicLong seconds = new AtomicLong();
  private final EmulatedPlant plant =
      new EmulatedPlant(
          new DeviceId("pv"),
          Kind.GENERATOR,
          Rating.generator(100, 0),
          () -> Instant.EPOCH.plusSeconds(seconds.get()),
          () -> 0);
  private SunSpecEmulator emulator;
  private ModbusLink link;

  private int serve(Flavour flavour, int model) {
    plant.setAvailablePowerKw(50);
    emulator = SunSpecEmulator.start(plant, Placement.usual(flavour));
    link = new ModbusLink(emulator.address(), ModbusTimings.DEFAULT);
    return SunSpecScan.of(emulator.address(), ModbusTimings.DEFAULT)
        .find(model)
        .orElseThrow()
        .address();
  }

  @AfterEach
  void close() {
    link.close();
    emulator.close();
  }

  private double settledKvar(double voltagePu) {
    plant.setVoltagePu(voltagePu);
    seconds.addAndGet(300);
    return plant.reactivePowerKvar();
  }

  private static ModbusRefusal refusal(Executable call) {
    return assertThrows(ModbusRefusedException.class, call).refusal();
  }

  @Test
  void aClientEnablesTheDefaultVoltVarCurve() throws Exception {
    int model = serve(Flavour.SEVEN_HUNDRED, 705);
    assertEquals(0, settledKvar(1.05));
    link.write(model + 2, 1);
    assertEquals(-22, settledKvar(1.05), 1e-4);
    link.write(model + 2, 0);
    assertEquals(0, settledKvar(1.05), 1e-4);
  }

  @Test
  void aCurveActsOnlyOnceItIsAdopted() throws Exception {
    int model = serve(Flavour.SEVEN_HUNDRED, 705);
    link.write(model + 2, 1);
    link.write(model + SECOND_CURVE_705 + 10, STEEP);
    link.write(model + SECOND_CURVE_705 + 7, 0, 10);
    assertEquals(-22, settledKvar(1.05), 1e-4);
    link.write(model + 3, 2);
    assertEquals(1, link.read(model + 4, 1)[0]);
    assertArrayEquals(STEEP, link.read(model + 15 + 10, STEEP.length));
    assertEquals(-40, settledKvar(1.05), 1e-4);
    plant.setVoltagePu(1);
    seconds.addAndGet(1);
    assertEquals(-4, plant.reactivePowerKvar(), 1e-3, "90 % of the way in RspTms");
  }

  @Test
  void aCurveThatIsNoneIsNotAdopted() throws Exception {
    int model = serve(Flavour.SEVEN_HUNDRED, 705);
    link.write(model + 2, 1);
    link.write(model + SECOND_CURVE_705 + 10, 11_000);
    link.write(model + 3, 2);
    assertEquals(2, link.read(model + 4, 1)[0]);
    link.write(model + 3, 9);
    assertEquals(2, link.read(model + 4, 1)[0]);
    assertEquals(-22, settledKvar(1.05), 1e-4);
  }

  @Test
  void theActingCurveIsReadOnly() {
    int model = serve(Flavour.SEVEN_HUNDRED, 705);
    assertEquals(
        ModbusRefusal.ILLEGAL_DATA_ADDRESS, refusal(() -> link.write(model + 15 + 10, STEEP)));
    assertEquals(ModbusRefusal.ILLEGAL_DATA_VALUE, refusal(() -> link.write(model + 2, 2)));
    assertEquals(
        ModbusRefusal.ILLEGAL_DATA_VALUE,
        refusal(() -> link.write(model + SECOND_CURVE_705 + 2, 1)),
        "only active power has priority");
  }

  @Test
  void voltWattCurtailsInBothGenerations() throws Exception {
    for (Flavour flavour : Flavour.values()) {
      int model = serve(flavour, flavour == Flavour.SEVEN_HUNDRED ? 706 : 132);
      plant.setAvailablePowerKw(100);
      link.write(model + (flavour == Flavour.SEVEN_HUNDRED ? 2 : 3), 1);
      plant.setVoltagePu(1.08);
      seconds.addAndGet(600);
      assertEquals(60, plant.activePowerKw(), 1e-3, flavour.name());
      close();
    }
  }

  @Test
  void anOldCurveIsWrittenThenSelected() throws Exception {
    int model = serve(Flavour.ONE_HUNDRED, 126);
    link.write(model + 3, 1);
    assertEquals(-22, settledKvar(1.05), 1e-3, "the same default in percent of another base");
    link.write(model + SECOND_CURVE_126, 4, 1);
    link.write(model + SECOND_CURVE_126 + 2, STEEP);
    assertEquals(-22, settledKvar(1.05), 1e-3);
    link.write(model + 2, 2);
    assertEquals(-40, settledKvar(1.05), 1e-3, "40 % of WMax");
    assertEquals(
        ModbusRefusal.ILLEGAL_DATA_VALUE,
        refusal(() -> link.write(model + SECOND_CURVE_126 + 2, 11_000)));
    assertEquals(ModbusRefusal.ILLEGAL_DATA_VALUE, refusal(() -> link.write(model + 2, 3)));
    assertEquals(-40, settledKvar(1.05), 1e-3);
  }
}
