package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt.Applied;
import ndoe.devices.Measurement;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusLink;
import ndoe.devices.modbus.ModbusRefusal;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusServer;
import ndoe.devices.modbus.ModbusTimings;
import ndoe.devices.modbus.RegisterBank;
import ndoe.devices.sunspec.ModelImage;
import ndoe.devices.sunspec.Reversion;
import ndoe.devices.sunspec.SunSpecBattery;
import ndoe.devices.sunspec.SunSpecInverter;
import ndoe.devices.sunspec.SunSpecMeter;
import ndoe.devices.sunspec.SunSpecScan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SunSpecEmulatorIT {
  private static final DeviceId ID = new DeviceId("dev");
  private static final Reversion MINUTE = new Reversion(Duration.ofSeconds(60), 0);
  private static final int BASE = 40_000;
  private static final int CONTROLS = BASE + 2 + 68 + 52 + 155 + 52;
  private static final int AFTER_CONTROLS = CONTROLS + 67 + 51 + 41 + 9;
  private static final int LIMIT = CONTROLS + 14;
  private static final int REMAINING = CONTROLS + 20;
  private static final int SETPOINT = CONTROLS + 22;

  private final AtomicLong nanos = new AtomicLong(1);

  @Test
  void tellsTheCurrentOfAllPhasesTogetherInBothMeasurements() {
    EmulatedPlant plant =
        new EmulatedPlant(
            ID, Kind.GENERATOR, Rating.generator(900, 0), Instant::now, System::nanoTime);
    plant.setAvailablePowerKw(600);
    try (SunSpecEmulator emulator = SunSpecEmulator.start(plant)) {
      SunSpecScan scan = SunSpecScan.of(emulator.address(), ModbusTimings.DEFAULT);
      double watts = scan.find(701).orElseThrow().number("W").orElseThrow();
      double volts = scan.find(701).orElseThrow().number("LLV").orElseThrow();
      for (int model : List.of(103, 701)) {
        double ampere = scan.find(model).orElseThrow().number("A").orElseThrow();
        assertEquals(Math.sqrt(3) * watts / volts, ampere, 0.01 * ampere + 1, "model " + model);
      }
      assertTrue(watts > 0);
    }
  }

  @Test
  void refusesToWriteWhatIsReadOnly() throws Exception {
    try (SunSpecEmulator emulator = SunSpecEmulator.start(generator(100));
        ModbusLink link = link(emulator)) {
      List<Integer> readOnly =
          List.of(BASE, BASE + 4, CONTROLS - 26, CONTROLS, REMAINING, SETPOINT);
      for (int address : readOnly) {
        assertEquals(
            ModbusRefusal.ILLEGAL_DATA_ADDRESS,
            refusal(() -> link.write(address, 1)),
            "" + address);
      }
      assertEquals(
          ModbusRefusal.ILLEGAL_DATA_ADDRESS,
          refusal(() -> link.write(LIMIT + 4, 0)),
          "half a point");
      assertEquals(
          ModbusRefusal.ILLEGAL_DATA_ADDRESS,
          refusal(() -> link.write(LIMIT, 1, 1, 1, 1, 0, 60, 0, 0)));
      assertEquals(ModbusRefusal.ILLEGAL_DATA_ADDRESS, refusal(() -> link.read(BASE - 1, 2)));
      assertEquals(ModbusRefusal.ILLEGAL_DATA_ADDRESS, refusal(() -> link.read(AFTER_CONTROLS, 3)));
    }
  }

  @Test
  void refusesValuesOutOfRangeAndTakesNoneOfThem() throws Exception {
    EmulatedPlant plant = generator(100);
    try (SunSpecEmulator emulator = SunSpecEmulator.start(plant);
        ModbusLink link = link(emulator)) {
      link.write(LIMIT, 1, 4_000, 1_000, 1, 0, 60);
      assertEquals(ModbusRefusal.ILLEGAL_DATA_VALUE, refusal(() -> link.write(LIMIT + 1, 10_001)));
      assertEquals(
          ModbusRefusal.ILLEGAL_DATA_VALUE,
          refusal(() -> link.write(LIMIT, 2, 3_000, 1_000, 1, 0, 60)));
      assertEquals(
          ModbusRefusal.ILLEGAL_DATA_VALUE,
          refusal(() -> link.write(LIMIT, 1, 3_000, 20_000, 1, 0, 60)));
      assertEquals(40, plant.limitKw());
      assertEquals(4_000, link.read(LIMIT + 1, 1)[0]);
    }
    try (SunSpecEmulator emulator = SunSpecEmulator.start(storage(50, 40));
        ModbusLink link = link(emulator)) {
      assertEquals(
          ModbusRefusal.ILLEGAL_DATA_VALUE, refusal(() -> link.write(SETPOINT + 2, 0xF, 0)));
      assertEquals(ModbusRefusal.ILLEGAL_DATA_VALUE, refusal(() -> link.write(SETPOINT + 1, 0)));
      assertEquals(ModbusRefusal.ILLEGAL_DATA_ADDRESS, refusal(() -> link.write(LIMIT, 1)));
    }
  }

  @Test
  void countsDownToTheReversion() throws Exception {
    EmulatedPlant plant = generator(100);
    try (SunSpecEmulator emulator = SunSpecEmulator.start(plant);
        ModbusLink link = link(emulator)) {
      link.write(LIMIT, 1, 4_000, 1_500, 1, 0, 60);
      nanos.addAndGet(Duration.ofMillis(20_500).toNanos());
      assertEquals(40, link.read(REMAINING, 2)[1]);
      nanos.addAndGet(Duration.ofSeconds(40).toNanos());
      assertEquals(0, link.read(REMAINING, 2)[1]);
      assertEquals(15, plant.limitKw());
      assertEquals(List.of(1, 1_500), Arrays.stream(link.read(LIMIT, 2)).boxed().toList());
    }
  }

  @Test
  void releasesWhenDisabledOrWhenItsReversionIsDisabled() throws Exception {
    EmulatedPlant plant = generator(100);
    try (SunSpecEmulator emulator = SunSpecEmulator.start(plant);
        ModbusLink link = link(emulator)) {
      link.write(LIMIT, 1, 4_000, 1_500, 0, 0, 60);
      nanos.addAndGet(Duration.ofSeconds(60).toNanos());
      assertEquals(100, plant.limitKw());
      assertEquals(0, link.read(LIMIT, 1)[0]);
      link.write(LIMIT, 1, 4_000, 1_500, 1, 0, 0);
      nanos.addAndGet(Duration.ofDays(1).toNanos());
      assertEquals(40, plant.limitKw());
      link.write(LIMIT, 0);
      assertEquals(100, plant.limitKw());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 5, 10.123, 32.8, 40, 327.7, 900, 1_000, 2_500, 50_000})
  void resolvesLimitsAndReadingsAtEveryRating(double ratingKw) {
    EmulatedPlant plant = generator(ratingKw);
    try (SunSpecEmulator emulator = SunSpecEmulator.start(plant);
        SunSpecInverter inverter = SunSpecInverter.connect(ID, emulator.address(), MINUTE)) {
      assertEquals(ratingKw, inverter.ratingKw(), ratingKw * 1e-4);
      double asked = 0.37311 * ratingKw;
      Applied applied = assertInstanceOf(Applied.class, inverter.limitActivePower(asked));
      assertTrue(applied.appliedKw() <= asked);
      assertEquals(asked, applied.appliedKw(), ratingKw * 1.001e-4);
      assertEquals(asked, inverter.measure().activePowerKw(), ratingKw * 1e-3);
      assertInstanceOf(Applied.class, inverter.limitActivePower(ratingKw));
      assertEquals(ratingKw, inverter.measure().activePowerKw(), ratingKw * 1e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40_000, 50_000})
  void isFoundAtEveryUsualBase(int base) {
    InetSocketAddress where = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (SunSpecEmulator emulator = SunSpecEmulator.start(generator(100), where, base);
        SunSpecInverter inverter = SunSpecInverter.connect(ID, emulator.address(), MINUTE)) {
      assertEquals(100, inverter.ratingKw());
    }
  }

  @Test
  void metersALoad() {
    EmulatedPlant plant = plant(Kind.LOAD, Rating.load(630));
    plant.setDemandKw(412.5);
    plant.setDemandKvar(120);
    plant.setVoltagePu(0.93);
    try (SunSpecEmulator emulator = SunSpecEmulator.start(plant);
        SunSpecMeter meter = SunSpecMeter.connect(ID, emulator.address())) {
      Measurement measurement = meter.measure();
      assertEquals(-412.5, measurement.activePowerKw(), 0.63);
      assertEquals(-120, measurement.reactivePowerKvar(), 0.63);
      assertEquals(0.93, measurement.voltagePu().orElseThrow(), 1e-4);
      assertTrue(measurement.socFraction().isEmpty());
    }
  }

  @Test
  void drivesALoadThatOnlyDraws() {
    EmulatedPlant plant = storage(0, 40);
    try (SunSpecEmulator emulator = SunSpecEmulator.start(plant);
        SunSpecBattery battery = SunSpecBattery.connect(ID, emulator.address(), MINUTE)) {
      assertEquals(0, battery.dischargeRatingKw());
      assertEquals(40, battery.chargeRatingKw());
      assertInstanceOf(Applied.class, battery.setActivePower(-17));
      assertEquals(-17, battery.measure().activePowerKw(), 0.04);
    }
  }

  @Test
  void measuresByModel103WhereThereIsNo701() {
    EmulatedPlant plant = generator(100);
    plant.setAvailablePowerKw(61.25);
    plant.setVoltagePu(1.04);
    DerReadings readings = new DerReadings(plant);
    readings.refresh();
    DerControl control = new DerControl(plant, 100);
    List<ModelImage> images =
        readings.imagesWith(control.image()).stream().filter(image -> image.id() != 701).toList();
    try (ModbusServer server = ModbusServer.start(0, 1, fixed(images));
        SunSpecInverter inverter = SunSpecInverter.connect(ID, server.address(), MINUTE)) {
      Measurement measurement = inverter.measure();
      assertEquals(61.25, measurement.activePowerKw(), 0.1);
      assertEquals(1.04, measurement.voltagePu().orElseThrow(), 1e-3);
    }
  }

  @Test
  void saysWhatIsMissing() {
    EmulatedPlant load = plant(Kind.LOAD, Rating.load(10));
    try (SunSpecEmulator emulator = SunSpecEmulator.start(load)) {
      String message = failure(() -> SunSpecInverter.connect(ID, emulator.address(), MINUTE));
      assertTrue(message.contains("no SunSpec model 704"), message);
      assertTrue(message.contains("1, 701, 702"), message);
    }
    try (SunSpecEmulator emulator = SunSpecEmulator.start(generator(10))) {
      String battery = failure(() -> SunSpecBattery.connect(ID, emulator.address(), MINUTE));
      assertTrue(battery.contains("WChaRteMax"), battery);
      Reversion tooHigh = new Reversion(Duration.ofSeconds(60), 11);
      String high = failure(() -> SunSpecInverter.connect(ID, emulator.address(), tooHigh));
      assertTrue(high.contains("11"), high);
    }
    try (SunSpecEmulator emulator = SunSpecEmulator.start(storage(10, 10))) {
      String inverter = failure(() -> SunSpecInverter.connect(ID, emulator.address(), MINUTE));
      assertTrue(inverter.contains("WMaxLimPct"), inverter);
    }
  }

  @Test
  void saysWhenADeviceIsNotSunSpec() {
    try (ModbusServer server = ModbusServer.start(0, 1, fixed(List.of()))) {
      assertTrue(failure(() -> SunSpecMeter.connect(ID, server.address())).contains("701"));
      ModbusAddress wrongUnit = new ModbusAddress("127.0.0.1", server.address().port(), 9);
      String message = failure(() -> SunSpecMeter.connect(ID, wrongUnit));
      assertTrue(message.contains("not SunSpec") && message.contains("unit id"), message);
    }
  }

  /** Marker, the given models and the end, read-only. */
  private static RegisterBank fixed(List<ModelImage> images) {
    int[] memory = new int[2_000];
    memory[0] = 0x5375;
    memory[1] = 0x6E53;
    int end = 2;
    for (ModelImage image : images) {
      System.arraycopy(image.registers(0, image.size()), 0, memory, end, image.size());
      end += image.size();
    }
    memory[end] = 0xFFFF;
    return new RegisterBank() {
      @Override
      public int[] read(int address, int count) {
        return Arrays.copyOfRange(memory, address - BASE, address - BASE + count);
      }

      @Override
      public void write(int address, int[] values) throws ModbusRefusedException {
        throw new ModbusRefusedException(ModbusRefusal.ILLEGAL_DATA_ADDRESS, "write");
      }
    };
  }

  private EmulatedPlant generator(double kw) {
    return plant(Kind.GENERATOR, Rating.generator(kw, 0));
  }

  private EmulatedPlant storage(double injectionKw, double drawKw) {
    return plant(Kind.STORAGE, Rating.storage(injectionKw, drawKw, 100, 0.95, 0.1, 0.9, 0.5));
  }

  private EmulatedPlant plant(Kind kind, Rating rating) {
    return new EmulatedPlant(ID, kind, rating, () -> Instant.EPOCH, nanos::get);
  }

  private static ModbusLink link(SunSpecEmulator emulator) {
    return new ModbusLink(emulator.address(), ModbusTimings.DEFAULT);
  }

  private static ModbusRefusal refusal(Executable call) {
    return assertThrows(ModbusRefusedException.class, call).refusal();
  }

  private static String failure(Executable call) {
    return assertThrows(DeviceLinkException.class, call).getMessage();
  }
}
