package ndoe.devices.modbus;

import java.util.Objects;

/**
 * Where a Modbus TCP device answers.
 *
 * @param port 1 to 65535, usually 502
 * @param unitId 0 to 255, usually 1
 */
public record ModbusAddress(String host, int port, int unitId) {
  public ModbusAddress {
    Objects.requireNonNull(host);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("Modbus port must be 1 to 65535, not " + port);
    }
    if (unitId < 0 || unitId > 255) {
      throw new IllegalArgumentException("Modbus unit id must be 0 to 255, not " + unitId);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port + " unit " + unitId;
  }
}
