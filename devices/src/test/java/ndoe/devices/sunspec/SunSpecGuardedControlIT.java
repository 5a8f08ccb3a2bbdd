package ndoe.devices.sunspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.DispatchReceipt.Applied;
import ndoe.devices.DispatchReceipt.Rejected;
import ndoe.devices.DispatchReceipt.Unconfirmed;
import ndoe.devices.PriorControl;
import ndoe.devices.sunspec.FixedRegisters.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a driver notes, minds and leaves alone besides the power that it is to set. */
@Timeout(30)
class SunSpecGuardedControlIT {

  @Test
  void notesWhatItFindsAndPutsItBack() {
    try (BareDevice device = new BareDevice(BareDevice.modern())) {
      device.put(704, "WMaxLimPctEna", 1);
      device.put(704, "WMaxLimPct", 7_000);
      List<Integer> before = device.present(704, "WMaxLimPctEna", 6);
      try (SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE)) {
        PriorControl noted = new PriorControl(true, 6.3, false);
        assertEquals(Optional.of(noted), inverter.priorControl());
        assertTrue(inverter.restorePriorControl());
        assertEquals(List.of(), device.registers().writes());
        applied(inverter.limitActivePower(3));
        assertEquals(Optional.of(noted), inverter.priorControl());
        assertTrue(inverter.restorePriorControl());
        assertEquals(before, device.present(704, "WMaxLimPctEna", 6));
        assertEquals(2, device.registers().writes().size());
        applied(inverter.limitActivePower(6.3));
        assertTrue(inverter.restorePriorControl());
        assertEquals(before, device.present(704, "WMaxLimPctEna", 6));
      }
    }
  }

  @Test
  void notesAndPutsBackWhatOlderModelsHad() {
    try (BareDevice device = new BareDevice(BareDevice.older());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE);
        SunSpecBattery battery = device.battery(SunSpecQuirks.NONE)) {
      List<Integer> limit = device.present(123, "WMaxLimPct", 5);
      List<Integer> rates = device.present(124, "OutWRte", 5);
      assertEquals(Optional.of(new PriorControl(false, 9, false)), inverter.priorControl());
      assertEquals(Optional.of(new PriorControl(false, 0, false)), battery.priorControl());
      applied(inverter.limitActivePower(3));
      applied(battery.setActivePower(-3));
      assertTrue(inverter.restorePriorControl() && battery.restorePriorControl());
      assertEquals(limit, device.present(123, "WMaxLimPct", 5));
      assertEquals(rates, device.present(124, "OutWRte", 5));
      assertEquals(List.of(0), device.present(124, "StorCtl_Mod", 1));
    }
  }

  @Test
  void doesNotClaimToHavePutBackWhatADeviceDidNotTake() {
    try (BareDevice device = new BareDevice(BareDevice.modern());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE)) {
      applied(inverter.limitActivePower(3));
      device.registers().onWrite(asked -> new int[0]);
      assertFalse(inverter.restorePriorControl());
      device.close();
      assertFalse(inverter.restorePriorControl());
    }
  }

  @Test
  void writesNothingOverAnotherController() {
    try (BareDevice device = new BareDevice(BareDevice.modern());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE)) {
      device.put(704, "WMaxLimPct", 8_000);
      applied(inverter.limitActivePower(3));
      int writes = device.registers().writes().size();
      device.put(704, "WMaxLimPct", 5_000);
      Rejected rejected = assertInstanceOf(Rejected.class, inverter.limitActivePower(3));
      assertTrue(rejected.reason().startsWith("another controller"), rejected.reason());
      assertFalse(inverter.restorePriorControl());
      assertEquals(writes, device.registers().writes().size());
      device.put(704, "WMaxLimPct", 3_333);
      applied(inverter.limitActivePower(4));
    }
  }

  @Test
  void doesNotTakeAReversionForAnotherController() {
    try (BareDevice device = new BareDevice(BareDevice.modern());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE);
        SunSpecBattery battery = device.battery(SunSpecQuirks.NONE)) {
      applied(inverter.limitActivePower(3));
      applied(battery.setActivePower(-3));
      device.put(704, "WMaxLimPct", 0);
      device.registers().put(device.at(704, "WSet"), 0, 0);
      applied(inverter.limitActivePower(3));
      applied(battery.setActivePower(-3));
    }
    try (BareDevice device = new BareDevice(BareDevice.older());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE);
        SunSpecBattery battery = device.battery(SunSpecQuirks.NONE)) {
      applied(inverter.limitActivePower(3));
      applied(battery.setActivePower(-3));
      device.put(123, "WMaxLim_Ena", 0);
      device.put(124, "StorCtl_Mod", 0);
      applied(inverter.limitActivePower(3));
      applied(battery.setActivePower(-3));
      device.put(124, "InWRte", 1);
      Rejected rejected = assertInstanceOf(Rejected.class, battery.setActivePower(1));
      assertTrue(rejected.reason().startsWith("another controller"), rejected.reason());
    }
  }

  @Test
  void doesNotTakeItsOwnUnconfirmedWriteForAnotherController() {
    try (BareDevice device = new BareDevice(BareDevice.modern());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE)) {
      applied(inverter.limitActivePower(3));
      device.registers().onWrite(asked -> new int[0]);
      assertInstanceOf(Unconfirmed.class, inverter.limitActivePower(4));
      device.registers().onWrite(asked -> new int[] {asked[0], 1_234});
      assertInstanceOf(Unconfirmed.class, inverter.limitActivePower(5));
      device.registers().onWrite(asked -> asked);
      applied(inverter.limitActivePower(5));
    }
  }

  @Test
  void writesNothingToADeviceUnderLocalControl() {
    ModelImage battery = ModelImage.blank(802).putRaw("LocRemCtl", 1);
    ModelImage[] older = BareDevice.older();
    ModelImage[] withBattery = Arrays.copyOf(older, older.length + 1);
    withBattery[older.length] = battery;
    try (BareDevice modern = new BareDevice(BareDevice.modern());
        BareDevice old = new BareDevice(withBattery);
        SunSpecInverter inverter = modern.inverter(SunSpecQuirks.NONE);
        SunSpecBattery storage = old.battery(SunSpecQuirks.NONE)) {
      modern.put(715, "LocRemCtl", 1);
      assertLocal(inverter.limitActivePower(3));
      assertLocal(storage.setActivePower(3));
      assertEquals(List.of(), modern.registers().writes());
      assertEquals(List.of(), old.registers().writes());
      modern.put(715, "LocRemCtl", 0);
      applied(inverter.limitActivePower(3));
    }
  }

  @Test
  void takesNoMeasurementOfADeviceWhoseHeartStandsStill() {
    try (BareDevice device = new BareDevice(BareDevice.modern());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE)) {
      inverter.measure();
      device.pass(Duration.ofSeconds(5));
      assertEquals(6, inverter.measure().activePowerKw());
      device.pass(Duration.ofMillis(1));
      String message = assertThrows(DeviceLinkException.class, inverter::measure).getMessage();
      assertTrue(message.contains("measurements are frozen"), message);
      device.registers().put(device.at(715, "DERHb"), 0, 101);
      assertEquals(6, inverter.measure().activePowerKw());
    }
  }

  @Test
  void beatsOnceASecondAtMostAndOnlyForWhatItControls() {
    try (BareDevice device = new BareDevice(BareDevice.modern());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE)) {
      inverter.measure();
      assertEquals(List.of(), device.registers().writes());
      applied(inverter.limitActivePower(3));
      for (int i = 0; i < 10; i++) {
        device.registers().put(device.at(715, "DERHb"), 0, 200 + i);
        inverter.measure();
        device.pass(Duration.ofMillis(500));
      }
      assertEquals(List.of(0, 5), device.present(715, "ControllerHb", 2));
      assertEquals(6, device.registers().writes().size());
    }
  }

  @Test
  void writesNothingButItsControlsHoweverOften() {
    Set<String> modern = new TreeSet<>();
    Set<String> older = new TreeSet<>();
    try (BareDevice device = new BareDevice(BareDevice.modern());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE);
        SunSpecBattery battery = device.battery(SunSpecQuirks.NONE)) {
      drive(inverter, battery);
      int controls = device.at(704, "ID");
      device.registers().writes().forEach(w -> modern.add(told(w, controls)));
    }
    try (BareDevice device = new BareDevice(BareDevice.older());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE);
        SunSpecBattery battery = device.battery(SunSpecQuirks.NONE)) {
      drive(inverter, battery);
      int controls = device.at(123, "ID");
      device.registers().writes().forEach(w -> older.add(told(w, controls)));
    }
    // 704 @14 to @19 and @22 to @32; 715 @5 and @6, which begins 67 registers later.
    assertEquals(Set.of("14+6", "22+11", "72+2"), modern);
    // 123 @5 to @9; 124, which begins 26 registers later, @12 to @15 or @16, and @5.
    assertTrue(Set.of("5+5", "38+4", "38+5", "31+1").containsAll(older), older.toString());
  }

  private static void drive(SunSpecInverter inverter, SunSpecBattery battery) {
    for (int i = 0; i < 5; i++) {
      applied(inverter.limitActivePower(i));
      applied(battery.setActivePower(2 - i));
      inverter.measure();
      battery.measure();
    }
    assertTrue(inverter.restorePriorControl() && battery.restorePriorControl());
  }

  private static String told(Request write, int from) {
    return write.address() - from + "+" + write.count();
  }

  private static void assertLocal(DispatchReceipt receipt) {
    Rejected rejected = assertInstanceOf(Rejected.class, receipt, receipt::toString);
    assertTrue(rejected.reason().contains("is under local control"), rejected.reason());
  }

  private static void applied(DispatchReceipt receipt) {
    assertInstanceOf(Applied.class, receipt, receipt::toString);
  }
}
