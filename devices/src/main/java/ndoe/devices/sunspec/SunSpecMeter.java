package ndoe.devices.sunspec;

import java.time.InstantSource;
import ndoe.devices.DeviceId;
import ndoe.devices.LoadMeter;
import ndoe.devices.Measurement;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusTimings;

/**
 * A meter on consumption with one of SunSpec models 701, 101 to 103 and 111 to 113; consumption is
 * negative, as in the models. Nothing is ever written to it.
 */
public final class SunSpecMeter implements LoadMeter {
  private final SunSpecDevice device;

  private SunSpecMeter(SunSpecDevice device) {
    this.device = device;
  }

  public static SunSpecMeter connect(DeviceId id, ModbusAddress address) {
    return connect(id, address, ModbusTimings.DEFAULT, InstantSource.system());
  }

  /** As below, of a device without quirks. */
  public static SunSpecMeter connect(
      DeviceId id, ModbusAddress address, ModbusTimings timings, InstantSource clock) {
    return connect(id, address, timings, SunSpecQuirks.NONE, clock);
  }

  /**
   * Connects and reads.
   *
   * @param quirks of the vendor; unit id and gap are those of address and timings
   * @param clock stamps measurements
   * @throws ndoe.devices.DeviceLinkException when nothing answers, or not as such a device
   */
  public static SunSpecMeter connect(
      DeviceId id,
      ModbusAddress address,
      ModbusTimings timings,
      SunSpecQuirks quirks,
      InstantSource clock) {
    return SunSpecDevice.connect(
        id, address, timings, quirks, SunSpecDevice.Clocks.with(clock), SunSpecMeter::new);
  }

  @Override
  public DeviceId id() {
    return device.id();
  }

  @Override
  public Measurement measure() {
    return device.measure();
  }

  @Override
  public void close() {
    device.close();
  }
}
