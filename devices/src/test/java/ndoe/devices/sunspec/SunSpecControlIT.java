package ndoe.devices.sunspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.SunSpecEmulator;
import ndoe.devices.modbus.ModbusRefusal;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusServer;
import ndoe.devices.modbus.ModbusTimings;
import ndoe.devices.sunspec.ControlOutcome.Applied;
import ndoe.devices.sunspec.ControlOutcome.Refused;
import ndoe.devices.sunspec.ControlOutcome.Unconfirmed;
import org.junit.jupiter.api.Test;

class SunSpecControlIT {
  private static final int BASE = 40_000;
  private static final int CONTROLS = BASE + 2 + 68;
  private static final ControlRequest LIMIT =
      new ControlRequest(
          123, ordered("WMaxLimPct", 33.37, "WMaxLimPct_RvrtTms", 60, "WMaxLim_Ena", 1));

  @Test
  void limitsAnOlderInverterInOneRequestRoundedDown() {
    FixedRegisters device = immediateControls().onWrite(asked -> asked);
    assertEquals(
        new Applied(Map.of("WMaxLimPct", 33.3, "WMaxLimPct_RvrtTms", 60.0, "WMaxLim_Ena", 1.0)),
        apply(device, LIMIT));
    assertEquals(List.of(new FixedRegisters.Request(CONTROLS + 5, 5)), device.writes());
  }

  @Test
  void limitsAnEmulatedInverterOfToday() {
    EmulatedPlant plant =
        new EmulatedPlant(
            new DeviceId("pv"),
            Kind.GENERATOR,
            Rating.generator(900, 135),
            Instant::now,
            System::nanoTime);
    try (SunSpecEmulator emulator = SunSpecEmulator.start(plant);
        SunSpecControl control =
            SunSpecControl.connect(emulator.address(), ModbusTimings.DEFAULT)) {
      Map<String, Double> settings =
          ordered("WMaxLimPctEna", 1, "WMaxLimPct", 42.379, "WMaxLimPctRvrtTms", 300);
      settings.put("WMaxLimPctEnaRvrt", 1.0);
      ControlOutcome outcome = control.apply(new ControlRequest(704, settings));
      assertTrue(
          outcome instanceof Applied applied && applied.values().get("WMaxLimPct") == 42.37,
          outcome.toString());
    }
  }

  @Test
  void takesOneStepLessFromADeviceThatRoundsButNothingMore() {
    assertTrue(apply(altering(0, -1), LIMIT) instanceof Applied);
    assertUnconfirmed(altering(0, 1), "WMaxLimPct of model 123 reads back 33.4 instead of 33.3");
    assertUnconfirmed(altering(0, -2), "reads back 33.1");
  }

  @Test
  void noticesAControlThatWasNotEnabled() {
    assertUnconfirmed(altering(4, -1), "WMaxLim_Ena of model 123 reads back 0.0 instead of 1.0");
  }

  @Test
  void noticesADeviceThatIgnoresWrites() {
    assertUnconfirmed(immediateControls().onWrite(asked -> new int[0]), "WMaxLimPct");
  }

  @Test
  void tellsARefusalThatChangedNothingFromOneThatMayHave() {
    assertTrue(apply(refusing(ModbusRefusal.ILLEGAL_DATA_VALUE), LIMIT) instanceof Refused);
    assertTrue(apply(refusing(ModbusRefusal.SERVER_DEVICE_FAILURE), LIMIT) instanceof Unconfirmed);
  }

  @Test
  void writesNothingThatItCannotMean() {
    assertRefused(new ControlRequest(123, Map.of("WMaxLim", 1.0)), "no point WMaxLim");
    assertRefused(new ControlRequest(123, Map.of("L", 1.0)), "read-only");
    assertRefused(new ControlRequest(123, Map.of("WMaxLimPct", -0.1)), "cannot hold -0.1");
    assertRefused(new ControlRequest(123, Map.of("WMaxLimPct", 6553.5)), "cannot hold 6553.5");
    assertRefused(new ControlRequest(123, Map.of("OutPFSet", 0.9)), "no scale factor");
    assertRefused(new ControlRequest(123, Map.of("Conn", 0.0)), "not implemented");
    assertRefused(new ControlRequest(704, Map.of("WMaxLimPct", 50.0)), "it has 1, 123");
  }

  private static void assertUnconfirmed(FixedRegisters device, String reason) {
    ControlOutcome outcome = apply(device, LIMIT);
    assertTrue(
        outcome instanceof Unconfirmed unconfirmed && unconfirmed.reason().contains(reason),
        outcome.toString());
    assertEquals(1, device.writes().size());
  }

  private static void assertRefused(ControlRequest request, String reason) {
    FixedRegisters device = immediateControls().onWrite(asked -> asked);
    ControlOutcome outcome = apply(device, request);
    assertTrue(
        outcome instanceof Refused refused && refused.reason().contains(reason),
        outcome.toString());
    assertEquals(List.of(), device.writes());
  }

  private static ControlOutcome apply(FixedRegisters device, ControlRequest request) {
    try (ModbusServer server = ModbusServer.start(0, 1, device);
        SunSpecControl control = SunSpecControl.connect(server.address(), ModbusTimings.DEFAULT)) {
      return control.apply(request);
    }
  }

  /** A device that keeps one of the registers written a little off. */
  private static FixedRegisters altering(int index, int by) {
    return immediateControls()
        .onWrite(
            asked -> {
              int[] kept = asked.clone();
              kept[index] += by;
              return kept;
            });
  }

  private static FixedRegisters refusing(ModbusRefusal refusal) {
    return immediateControls()
        .onWrite(
            asked -> {
              throw new ModbusRefusedException(refusal, "write");
            });
  }

  private static FixedRegisters immediateControls() {
    ModelImage common = ModelImage.blank(1);
    ModelImage controls =
        ModelImage.blank(123)
            .putRaw("WMaxLimPct_SF", -1)
            .putRaw("WMaxLimPct", 1_000)
            .putRaw("WMaxLimPct_WinTms", 0)
            .putRaw("WMaxLimPct_RvrtTms", 0)
            .putRaw("WMaxLimPct_RmpTms", 0)
            .putRaw("WMaxLim_Ena", 0)
            .putRaw("OutPFSet", 0);
    return new FixedRegisters(
        BASE, common.registers(0, common.size()), controls.registers(0, controls.size()));
  }

  private static Map<String, Double> ordered(
      String first, double one, String second, double two, String third, double three) {
    Map<String, Double> settings = new LinkedHashMap<>();
    settings.put(first, one);
    settings.put(second, two);
    settings.put(third, three);
    return settings;
  }
}
