package ndoe.devices.sunspec;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import ndoe.devices.DeviceId;
import ndoe.devices.modbus.ModbusServer;
import ndoe.devices.modbus.ModbusTimings;

/** Registers of a device that takes what is written to it and does nothing else, on a socket. */
final class BareDevice implements AutoCloseable {
  static final Reversion REVERSION = new Reversion(Duration.ofSeconds(60), 0);

  private static final int BASE = 40_000;
  private static final DeviceId ID = new DeviceId("dev");

  private final List<ModelImage> images;
  private final AtomicLong nanos = new AtomicLong(1);
  private final FixedRegisters registers;
  private final ModbusServer server;

  BareDevice(ModelImage... models) {
    images = new ArrayList<>(List.of(ModelImage.blank(1)));
    images.addAll(List.of(models));
    registers =
        new FixedRegisters(
                BASE,
                images.stream()
                    .map(image -> image.registers(0, image.size()))
                    .toArray(int[][]::new))
            .onWrite(asked -> asked);
    server = ModbusServer.start(0, 1, registers);
  }

  FixedRegisters registers() {
    return registers;
  }

  /** Register of a point. */
  int at(int model, String point) {
    int address = BASE + 2;
    for (ModelImage image : images) {
      if (image.id() == model) {
        return address + image.offset(point);
      }
      address += image.size();
    }
    throw new IllegalArgumentException("no model " + model);
  }

  /** Changes a point of one register. */
  void put(int model, String point, int value) {
    registers.put(at(model, point), value & 0xFFFF);
  }

  /** The present registers from one point on. */
  List<Integer> present(int model, String point, int count) {
    return Arrays.stream(registers.present(at(model, point), count)).boxed().toList();
  }

  /** Lets monotonic time pass for the drivers. */
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  SunSpecInverter inverter(SunSpecQuirks quirks) {
    return SunSpecInverter.connect(
        ID, server.address(), REVERSION, ModbusTimings.DEFAULT, quirks, clocks());
  }

  SunSpecBattery battery(SunSpecQuirks quirks) {
    return SunSpecBattery.connect(
        ID, server.address(), REVERSION, ModbusTimings.DEFAULT, quirks, clocks());
  }

  SunSpecMeter meter(SunSpecQuirks quirks) {
    return SunSpecMeter.connect(
        ID, server.address(), ModbusTimings.DEFAULT, quirks, () -> Instant.EPOCH);
  }

  private SunSpecDevice.Clocks clocks() {
    return new SunSpecDevice.Clocks(() -> Instant.EPOCH, nanos::get);
  }

  @Override
  public void close() {
    server.close();
  }

  /** Three phases of 230 V and 6 kW, 1.2 kvar. */
  static ModelImage inverter103() {
    return ModelImage.blank(103)
        .putRaw("W_SF", 1)
        .putRaw("W", 600)
        .putRaw("VAr_SF", 1)
        .putRaw("VAr", 120)
        .putRaw("V_SF", -1)
        .putRaw("PhVphA", 2_300)
        .putRaw("PhVphB", 2_310)
        .putRaw("PhVphC", 2_290);
  }

  /** 10 kW, a storage of 6 kW in and 8 kW out. */
  static ModelImage nameplate120() {
    return ModelImage.blank(120)
        .putRaw("WRtg_SF", 0)
        .putRaw("WRtg", 10_000)
        .putRaw("MaxChaRte_SF", 0)
        .putRaw("MaxChaRte", 6_000)
        .putRaw("MaxDisChaRte_SF", 0)
        .putRaw("MaxDisChaRte", 8_000);
  }

  /** Set to 9 kW at 400 V. */
  static ModelImage settings121() {
    return ModelImage.blank(121)
        .putRaw("WMax_SF", 0)
        .putRaw("WMax", 9_000)
        .putRaw("VRef_SF", 0)
        .putRaw("VRef", 400);
  }

  /** Not limited, steps of 0.1 %. */
  static ModelImage controls123() {
    return ModelImage.blank(123)
        .putRaw("WMaxLimPct_SF", -1)
        .putRaw("WMaxLimPct", 1_000)
        .putRaw("WMaxLimPct_WinTms", 30)
        .putRaw("WMaxLimPct_RvrtTms", 0)
        .putRaw("WMaxLimPct_RmpTms", 7)
        .putRaw("WMaxLim_Ena", 0);
  }

  /** 5 kW is 100 %, steps of 0.01 %, charged to 42.5 %. */
  static ModelImage storage124() {
    return ModelImage.blank(124)
        .putRaw("WChaMax_SF", 0)
        .putRaw("WChaMax", 5_000)
        .putRaw("StorCtl_Mod", 0)
        .putRaw("InOutWRte_SF", -2)
        .putRaw("OutWRte", 10_000)
        .putRaw("InWRte", 10_000)
        .putRaw("InOutWRte_RvrtTms", 0)
        .putRaw("ChaState_SF", -1)
        .putRaw("ChaState", 425);
  }

  /** 9 kW of rated 10 kW, not limited. */
  static ModelImage[] modern() {
    return new ModelImage[] {
      ModelImage.blank(701)
          .putRaw("W_SF", 0)
          .putRaw("W", 6_000)
          .putRaw("V_SF", -1)
          .putRaw("LLV", 4_040),
      ModelImage.blank(702)
          .putRaw("W_SF", 0)
          .putRaw("V_SF", 0)
          .putRaw("VNom", 400)
          .putRaw("WMaxRtg", 10_000)
          .putRaw("WMax", 9_000)
          .putRaw("WChaRteMax", 5_000)
          .putRaw("WDisChaRteMax", 8_000),
      ModelImage.blank(704)
          .putRaw("WMaxLimPct_SF", -2)
          .putRaw("WMaxLimPctEna", 0)
          .putRaw("WMaxLimPct", 10_000)
          .putRaw("WMaxLimPctRvrt", 10_000)
          .putRaw("WMaxLimPctEnaRvrt", 0)
          .putRaw("WMaxLimPctRvrtTms", 0)
          .putRaw("WSet_SF", 0)
          .putRaw("WSetEna", 0)
          .putRaw("WSetMod", 1)
          .putRaw("WSet", 0)
          .putRaw("WSetRvrt", 0)
          .putRaw("WSetEnaRvrt", 0)
          .putRaw("WSetRvrtTms", 0),
      ModelImage.blank(715).putRaw("LocRemCtl", 0).putRaw("DERHb", 100).putRaw("ControllerHb", 0),
    };
  }

  static ModelImage[] older() {
    return new ModelImage[] {
      inverter103(), nameplate120(), settings121(), controls123(), storage124()
    };
  }
}
