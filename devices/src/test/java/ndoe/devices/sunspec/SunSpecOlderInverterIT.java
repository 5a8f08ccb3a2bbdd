package ndoe.devices.sunspec;

import java.time.Duration;
import java.time.InstantSource;
import ndoe.devices.Inverter;
import ndoe.devices.InverterContract;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.Flavour;
import ndoe.devices.emulator.SunSpecEmulator;
import ndoe.devices.emulator.SunSpecEmulator.Placement;
import ndoe.devices.modbus.ModbusTimings;

class SunSpecOlderInverterIT extends InverterContract {
  private SunSpecEmulator emulator;

  @Override
  protected Inverter connect(EmulatedPlant plant) {
    emulator = SunSpecEmulator.start(plant, Placement.usual(Flavour.ONE_HUNDRED));
    return SunSpecInverter.connect(
        ID,
        emulator.address(),
        new Reversion(REVERSION, REVERSION_KW),
        new ModbusTimings(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ZERO),
        InstantSource.system());
  }

  /** Model 123 has no value to revert to. */
  @Override
  protected double reversionKw() {
    return RATING_KW;
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
