package ndoe.devices.sunspec;

import java.time.Duration;
import java.time.InstantSource;
import ndoe.devices.Battery;
import ndoe.devices.BatteryContract;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.Flavour;
import ndoe.devices.emulator.SunSpecEmulator;
import ndoe.devices.emulator.SunSpecEmulator.Placement;
import ndoe.devices.modbus.ModbusTimings;

class SunSpecOlderBatteryIT extends BatteryContract {
  private SunSpecEmulator emulator;

  @Override
  protected Battery connect(EmulatedPlant plant) {
    emulator = SunSpecEmulator.start(plant, Placement.usual(Flavour.ONE_HUNDRED));
    return SunSpecBattery.connect(
        ID,
        emulator.address(),
        new Reversion(REVERSION, REVERSION_KW),
        new ModbusTimings(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ZERO),
        InstantSource.system());
  }

  @Override
  protected void silence() {
    emulator.close();
  }

  @Override
  protected void release() {
    emulator.close();
  }
}
