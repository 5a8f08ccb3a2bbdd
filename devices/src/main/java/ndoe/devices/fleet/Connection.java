package ndoe.devices.fleet;

import java.util.Objects;
import ndoe.devices.DeviceId;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.mqtt.DeviceTopics;
import ndoe.devices.sunspec.SunSpecQuirks;

/** How a device is reached. */
public sealed interface Connection {

  /**
   * SunSpec over Modbus TCP.
   *
   * @param port usually 502
   * @param unitId 0 to 255, usually 1
   * @param quirks in what the device differs from others; its unit id is not looked at here
   */
  record ModbusTcp(String host, int port, int unitId, SunSpecQuirks quirks) implements Connection {
    public ModbusTcp {
      var unused = new ModbusAddress(host, port, unitId);
      Objects.requireNonNull(quirks);
    }

    /** A device without quirks. */
    public ModbusTcp(String host, int port, int unitId) {
      this(host, port, unitId, SunSpecQuirks.NONE);
    }

    ModbusAddress address() {
      return new ModbusAddress(host, port, unitId);
    }

    @Override
    public String toString() {
      return "modbus " + address();
    }
  }

  /**
   * Through the fleet’s broker.
   *
   * @param site level of the topic above the device
   */
  record Mqtt(String site) implements Connection {
    public Mqtt {
      var unused = new DeviceTopics(site, new DeviceId("x"));
    }

    @Override
    public String toString() {
      return "mqtt " + site;
    }
  }
}
