package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.SunSpecEmulator.Placement;
import ndoe.devices.modbus.ModbusLink;
import ndoe.devices.modbus.ModbusRefusal;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusTimings;
import ndoe.devices.sunspec.ModelReading;
import ndoe.devices.sunspec.SunSpecScan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that serve models 120 to 132 and 802, register by register. */
@Timeout(30)
class OldModelsIT {
  private static final int LIMIT = 5;
  private static final int STORAGE_MODE = 5;
  private static final int RATES = 12;

  private final AtomicLong nanos = new AtomicLong(1);
  private final EmulatedPlant pv = plant("pv", Kind.GENERATOR, Rating.generator(100, 20));
  private final EmulatedPlant battery =
      plant("battery", Kind.STORAGE, Rating.storage(50, 40, 100, 0.95, 0.1, 0.9, 0.5));
  private SunSpecEmulator emulator;
  private ModbusLink link;

  private EmulatedPlant plant(String id, Kind kind, Rating rating) {
    return new EmulatedPlant(new DeviceId(id), kind, rating, () -> Instant.EPOCH, nanos::get);
  }

  private void serve(EmulatedPlant plant) {
    serve(plant, Placement.usual(Flavour.ONE_HUNDRED));
  }

  private void serve(EmulatedPlant plant, Placement placement) {
    emulator = SunSpecEmulator.start(plant, placement);
    link = new ModbusLink(emulator.address(), ModbusTimings.DEFAULT);
  }

  @AfterEach
  void close() {
    link.close();
    emulator.close();
  }

  private ModelReading.Decoded read(int model) {
    return SunSpecScan.of(emulator.address(), ModbusTimings.DEFAULT).find(model).orElseThrow();
  }

  private double number(int model, String point) {
    return read(model).number(point).orElseThrow();
  }

  private int at(int model, int offset) {
    return read(model).address() + offset;
  }

  private static ModbusRefusal refusal(Executable call) {
    return assertThrows(ModbusRefusedException.class, call).refusal();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40_000, 50_000})
  void areFoundAtEveryUsualBaseAndUnit(int base) {
    serve(pv, Placement.loopback(0, base, 17, Flavour.ONE_HUNDRED));
    SunSpecScan scan = SunSpecScan.of(emulator.address(), ModbusTimings.DEFAULT);
    assertEquals(base, scan.base());
    assertEquals(
        List.of(1, 103, 120, 121, 122, 123, 126, 132),
        scan.models().stream().map(ModelReading::id).toList());
  }

  @Test
  void stateTheRatingsOfAnInverter() {
    serve(pv);
    assertEquals(100_000, number(120, "WRtg"));
    assertEquals(100_000, number(121, "WMax"));
    assertEquals(44_000, number(121, "VArMaxQ1"));
    assertEquals(400, number(121, "VRef"));
  }

  @Test
  void limitAnInverterAndReleaseItWhenTheTimerRunsOut() throws Exception {
    serve(pv);
    int limit = at(123, LIMIT);
    link.write(limit, 4_000, 0, 60, 0, 1);
    assertEquals(40, pv.activePowerKw());
    assertEquals(40_000, number(103, "W"));
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertEquals(40, pv.activePowerKw());
    link.write(limit, 4_000, 0, 60, 0, 1);
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertEquals(40, pv.activePowerKw(), "a rewrite restarts the timer");
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertEquals(100, pv.activePowerKw(), "not the reversion value of the rating");
    assertEquals(0, link.read(at(123, 9), 1)[0]);
    assertEquals(4_000, link.read(limit, 1)[0]);
  }

  @Test
  void refuseWhatIsOutOfRangeOrReadOnly() throws Exception {
    serve(pv);
    int limit = at(123, LIMIT);
    assertEquals(
        ModbusRefusal.ILLEGAL_DATA_VALUE, refusal(() -> link.write(limit, 10_001, 0, 60, 0, 1)));
    assertEquals(
        ModbusRefusal.ILLEGAL_DATA_VALUE, refusal(() -> link.write(limit, 5_000, 0, 60, 0, 2)));
    assertEquals(ModbusRefusal.ILLEGAL_DATA_ADDRESS, refusal(() -> link.write(limit + 5, 90)));
    assertEquals(ModbusRefusal.ILLEGAL_DATA_ADDRESS, refusal(() -> link.write(at(121, 2), 90)));
    assertEquals(100, pv.activePowerKw());
  }

  @Test
  void disconnectAndConnect() throws Exception {
    serve(pv);
    link.write(at(123, LIMIT), 4_000, 0, 0, 0, 1);
    link.write(at(123, 4), 0);
    assertEquals(0, pv.activePowerKw());
    assertEquals(0, number(103, "W"));
    link.write(at(123, 4), 1);
    assertEquals(40, pv.activePowerKw(), "the limit stands");
  }

  @ParameterizedTest(name = "mode {0}, out {1} %, in {2} %: {3} kW")
  @CsvSource({
    "0, 100, 100, 0", "0, -50, 50, 0", "3, -50, 50, -20", "3, 50, -50, 20", "2, -50, 50, -20",
    "1, -50, -25, 10", "1, 100, 100, 0", "3, 0, 0, 0", "3, 125, -125, 50", "3, -20, 10, 0"
  })
  void setAStorageByModeAndRates(int mode, int out, int in, double kw) throws Exception {
    serve(battery);
    link.write(at(124, RATES), 100 * out & 0xFFFF, 100 * in & 0xFFFF, 0, 60, 0);
    assertEquals(0, battery.activePowerKw(), "rates alone do nothing");
    link.write(at(124, STORAGE_MODE), mode);
    assertEquals(kw, battery.activePowerKw(), 1e-9);
    nanos.addAndGet(Duration.ofSeconds(60).toNanos());
    assertEquals(0, battery.activePowerKw());
    assertEquals(0, link.read(at(124, STORAGE_MODE), 1)[0]);
  }

  @Test
  void refuseAStorageModeAndARateThatDoNotExist() {
    serve(battery);
    int mode = at(124, STORAGE_MODE);
    int out = at(124, RATES);
    assertEquals(ModbusRefusal.ILLEGAL_DATA_VALUE, refusal(() -> link.write(mode, 4)));
    assertEquals(ModbusRefusal.ILLEGAL_DATA_VALUE, refusal(() -> link.write(out, 12_501)));
    assertEquals(ModbusRefusal.ILLEGAL_DATA_ADDRESS, refusal(() -> link.write(mode + 3, 1)));
  }

  @Test
  void tellTheStateOfABattery() throws Exception {
    serve(battery);
    assertEquals(50, number(802, "SoC"), 0.01);
    assertEquals(50, number(124, "ChaState"), 0.01);
    assertEquals(40_000, number(124, "WChaMax"));
    assertEquals(50_000, number(802, "WDisChaRteMax"));
    int heartbeat = at(802, 18);
    int before = link.read(heartbeat, 1)[0];
    nanos.addAndGet(Duration.ofSeconds(7).toNanos());
    assertEquals(before + 7, link.read(heartbeat, 1)[0]);
    assertEquals(0, link.read(heartbeat - 1, 1)[0], "remote control");
    link.write(heartbeat + 1, 5);
    assertEquals(5, link.read(heartbeat + 1, 1)[0]);
  }

  @Test
  void meterALoad() {
    EmulatedPlant load = plant("load", Kind.LOAD, Rating.load(30));
    load.setDemandKw(12);
    serve(load);
    assertEquals(-12_000, number(103, "W"));
    assertTrue(read(121).number("VRef").isPresent());
  }
}
