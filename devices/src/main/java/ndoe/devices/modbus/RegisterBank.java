package ndoe.devices.modbus;

/**
 * The registers of one unit; {@link ModbusServer} calls it under one lock, so that nobody sees half
 * a write. Addresses count from 0, values are 0 to 65535.
 */
public interface RegisterBank {
  int[] read(int address, int count) throws ModbusRefusedException;

  /** Takes all values or, refusing, none. */
  void write(int address, int[] values) throws ModbusRefusedException;
}
