package ndoe.devices.sunspec;

import java.time.InstantSource;
import java.util.OptionalDouble;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.LoadMeter;
import ndoe.devices.Measurement;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusTimings;

/** A meter on consumption with SunSpec model 701; consumption is negative, as in the model. */
public final class SunSpecMeter implements LoadMeter {
  private final SunSpecDevice device;
  private final OptionalDouble nominalVolt;

  private SunSpecMeter(SunSpecDevice device) {
    this.device = device;
    this.nominalVolt = device.nominalVolt();
  }

  public static SunSpecMeter connect(DeviceId id, ModbusAddress address) {
    return connect(id, address, ModbusTimings.DEFAULT, InstantSource.system());
  }

  /**
   * Connects and reads.
   *
   * @param clock stamps measurements
   * @throws DeviceLinkException when nothing answers, or not as such a device
   */
  public static SunSpecMeter connect(
      DeviceId id, ModbusAddress address, ModbusTimings timings, InstantSource clock) {
    SunSpecDevice device =
        SunSpecDevice.connect(id, address, timings, clock, SunSpecDevice.MEASUREMENT);
    try {
      return new SunSpecMeter(device);
    } catch (DeviceLinkException e) {
      device.close();
      throw e;
    }
  }

  @Override
  public DeviceId id() {
    return device.id();
  }

  @Override
  public Measurement measure() {
    return device.measure(nominalVolt);
  }

  @Override
  public void close() {
    device.close();
  }
}
