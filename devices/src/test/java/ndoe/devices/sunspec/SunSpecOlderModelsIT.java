package ndoe.devices.sunspec;

import static ndoe.devices.sunspec.BareDevice.controls123;
import static ndoe.devices.sunspec.BareDevice.inverter103;
import static ndoe.devices.sunspec.BareDevice.nameplate120;
import static ndoe.devices.sunspec.BareDevice.older;
import static ndoe.devices.sunspec.BareDevice.settings121;
import static ndoe.devices.sunspec.BareDevice.storage124;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.DispatchReceipt.Applied;
import ndoe.devices.DispatchReceipt.Rejected;
import ndoe.devices.DispatchReceipt.Unconfirmed;
import ndoe.devices.Measurement;
import ndoe.devices.sunspec.FixedRegisters.Request;
import ndoe.devices.sunspec.SunSpecQuirks.PercentBase;
import ndoe.devices.sunspec.SunSpecQuirks.Sign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices of the models before the 700 series do what those of the 700 series do. */
@Timeout(30)
class SunSpecOlderModelsIT {
  private static final SunSpecQuirks OF_RATING = quirks(Sign.GENERATOR, PercentBase.RATING);
  private static final SunSpecQuirks OF_A_LOAD = quirks(Sign.LOAD, PercentBase.SETTING);

  @Test
  void limitsInPercentOfTheSettingInOneRequestWithItsReversion() {
    try (BareDevice device = new BareDevice(older());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE)) {
      assertEquals(9, inverter.ratingKw());
      assertFalse(inverter.revertsToValue());
      assertEquals(List.of(), device.registers().writes());
      Applied applied = applied(inverter.limitActivePower(4.0049));
      assertEquals(3.996, applied.appliedKw(), 1e-9);
      assertEquals(List.of(444, 0, 60, 7, 1), device.present(123, "WMaxLimPct", 5));
      assertEquals(
          List.of(new Request(device.at(123, "WMaxLimPct"), 5)), device.registers().writes());
      assertInstanceOf(Rejected.class, inverter.limitActivePower(9.1));
      assertInstanceOf(Rejected.class, inverter.limitActivePower(-0.01));
    }
  }

  @Test
  void limitsInPercentOfTheRatingWhereTheVendorDoes() {
    try (BareDevice device = new BareDevice(older());
        SunSpecInverter inverter = device.inverter(OF_RATING)) {
      assertEquals(9, inverter.ratingKw());
      assertEquals(4, applied(inverter.limitActivePower(4)).appliedKw(), 1e-9);
      assertEquals(List.of(400), device.present(123, "WMaxLimPct", 1));
    }
  }

  @Test
  void neverRoundsALimitUp() {
    SplittableRandom random = new SplittableRandom(123);
    try (BareDevice device = new BareDevice(older());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE)) {
      for (int i = 0; i < 50; i++) {
        double asked = random.nextDouble(9);
        double applied = applied(inverter.limitActivePower(asked)).appliedKw();
        assertTrue(applied <= asked && applied > asked - 0.00901, asked + " became " + applied);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2.5, 5000, -5000",
    "-1.25001, -2500, 2500",
    "0, 0, 0",
    "7.99999, 15999, -15999",
  })
  void pinsAStorageBetweenTwoRates(double askedKw, int out, int in) {
    try (BareDevice device = new BareDevice(older());
        SunSpecBattery battery = device.battery(SunSpecQuirks.NONE)) {
      assertEquals(5, battery.chargeRatingKw());
      assertEquals(8, battery.dischargeRatingKw());
      Applied applied = applied(battery.setActivePower(askedKw));
      assertEquals(out / 10_000.0 * 5, applied.appliedKw(), 1e-9);
      assertTrue(Math.abs(applied.appliedKw()) <= Math.abs(askedKw));
      assertEquals(
          List.of(out & 0xFFFF, in & 0xFFFF, 0xFFFF, 60), device.present(124, "OutWRte", 4));
      assertEquals(List.of(3), device.present(124, "StorCtl_Mod", 1));
      assertEquals(
          List.of(
              new Request(device.at(124, "OutWRte"), 4),
              new Request(device.at(124, "StorCtl_Mod"), 1)),
          device.registers().writes());
    }
  }

  @Test
  void neverLeavesTheTwoRatesOfAStorageAtOdds() {
    SplittableRandom random = new SplittableRandom(124);
    try (BareDevice device = new BareDevice(older());
        SunSpecBattery battery = device.battery(OF_RATING)) {
      for (int i = 0; i < 50; i++) {
        double asked = random.nextDouble(-5, 8);
        double applied = applied(battery.setActivePower(asked)).appliedKw();
        List<Integer> rates = device.present(124, "OutWRte", 2);
        double mostKw = rates.get(0).shortValue() * 8 / 10_000.0;
        double leastKw = -rates.get(1).shortValue() * 6 / 10_000.0;
        assertTrue(leastKw <= mostKw + 1e-9, leastKw + " > " + mostKw + " for " + asked);
        assertEquals(asked, mostKw, 0.0021);
        assertEquals(asked, leastKw, 0.0021);
        assertTrue(Math.abs(applied) <= Math.abs(asked), applied + " for " + asked);
      }
    }
  }

  @Test
  void aStorageWhoseRatesArriveButNotItsModeIsUnconfirmed() {
    try (BareDevice device = new BareDevice(older());
        SunSpecBattery battery = device.battery(SunSpecQuirks.NONE)) {
      device.registers().onWrite(asked -> asked.length == 1 ? new int[0] : asked);
      Unconfirmed doubt = assertInstanceOf(Unconfirmed.class, battery.setActivePower(2));
      assertTrue(doubt.reason().contains("StorCtl_Mod"), doubt.reason());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "101, 400, 1.0",
    "101, 230, 1.0",
    "102, 400, 1.0",
    "103, 400, 0.9959",
    "103, 230, 1.0",
    "111, 230, 1.0",
    "112, 400, 1.0",
    "113, 400, 0.9959",
  })
  void measuresByWhicheverModelThereIs(int model, int nominal, double expectedPu) {
    double volt = model % 10 == 2 ? 200 : 230;
    if (model % 10 == 1 && nominal == 400) {
      volt = 400;
    }
    ModelImage image = ModelImage.blank(model);
    if (model < 110) {
      image.putRaw("W_SF", 0).putRaw("VAr_SF", 0).putRaw("V_SF", -1);
    }
    put(image, "W", -1_234);
    put(image, "VAr", 321);
    for (String phase : List.of("A", "B", "C").subList(0, model % 10)) {
      put(image, "PhVph" + phase, volt);
    }
    ModelImage settings = settings121().putRaw("VRef", nominal);
    try (BareDevice device = new BareDevice(image, settings);
        SunSpecMeter meter = device.meter(SunSpecQuirks.NONE)) {
      Measurement measurement = meter.measure();
      assertEquals(-1.234, measurement.activePowerKw(), 1e-9);
      assertEquals(0.321, measurement.reactivePowerKvar(), 1e-9);
      assertEquals(expectedPu, measurement.voltagePu().orElseThrow(), 1e-3);
    }
    try (BareDevice device = new BareDevice(image);
        SunSpecMeter meter = device.meter(OF_A_LOAD)) {
      Measurement measurement = meter.measure();
      assertEquals(1.234, measurement.activePowerKw(), 1e-9);
      assertEquals(OptionalDouble.empty(), measurement.voltagePu());
    }
  }

  @Test
  void knowsTheStateOfChargeFromWhicheverModelThereIs() {
    ModelImage battery = ModelImage.blank(802).putRaw("SoC_SF", -1).putRaw("SoC", 555);
    battery.putRaw("LocRemCtl", 0).putRaw("Hb", 1);
    ModelImage capacity = ModelImage.blank(713).putRaw("Pct_SF", 0).putRaw("SoC", 77);
    assertEquals(0.425, stateOfCharge(storage124()), 1e-9);
    assertEquals(0.555, stateOfCharge(storage124(), battery), 1e-9);
    assertEquals(0.77, stateOfCharge(storage124(), battery, capacity), 1e-9);
  }

  @Test
  void refusesADeviceThatCannotLetGoByItself() {
    ModelImage controls = ModelImage.blank(123).putRaw("WMaxLimPct_SF", 0);
    controls.putRaw("WMaxLimPct", 100).putRaw("WMaxLim_Ena", 0);
    try (BareDevice device = new BareDevice(inverter103(), nameplate120(), controls)) {
      String message =
          assertThrows(DeviceLinkException.class, () -> device.inverter(SunSpecQuirks.NONE).close())
              .getMessage();
      assertTrue(message.contains("WMaxLimPct_RvrtTms of model 123"), message);
    }
  }

  @Test
  void isRatedByItsNameplateWhereNothingIsSet() {
    try (BareDevice device = new BareDevice(inverter103(), nameplate120(), controls123());
        SunSpecInverter inverter = device.inverter(SunSpecQuirks.NONE)) {
      assertEquals(10, inverter.ratingKw());
      assertEquals(OptionalDouble.empty(), inverter.measure().voltagePu());
    }
  }

  private static double stateOfCharge(ModelImage... models) {
    ModelImage[] all = new ModelImage[models.length + 1];
    all[0] = inverter103();
    System.arraycopy(models, 0, all, 1, models.length);
    try (BareDevice device = new BareDevice(all);
        SunSpecBattery battery = device.battery(SunSpecQuirks.NONE)) {
      return battery.measure().socFraction().orElseThrow();
    }
  }

  private static void put(ModelImage image, String point, double value) {
    if (image.id() < 110) {
      image.put(point, value);
    } else {
      int bits = Float.floatToIntBits((float) value);
      image.overwrite(image.offset(point), new int[] {bits >>> 16, bits & 0xFFFF});
    }
  }

  private static SunSpecQuirks quirks(Sign sign, PercentBase base) {
    return new SunSpecQuirks(
        OptionalInt.empty(), OptionalInt.empty(), Duration.ZERO, 125, sign, base);
  }

  private static Applied applied(DispatchReceipt receipt) {
    return assertInstanceOf(Applied.class, receipt, receipt::toString);
  }
}
