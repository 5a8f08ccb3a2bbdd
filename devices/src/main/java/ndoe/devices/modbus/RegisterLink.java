package ndoe.devices.modbus;

/** A way to the holding registers of one device; addresses count from 0, values are 0 to 65535. */
public interface RegisterLink extends AutoCloseable {
  ModbusAddress address();

  /**
   * Connects unless connected.
   *
   * @return how often this link has connected: a change means that the device may be another
   * @throws ndoe.devices.DeviceLinkException when nobody answers
   */
  int connect();

  /**
   * Reads 1 to {@value ModbusLink#MAX_READ} registers.
   *
   * @throws ModbusRefusedException when the device says no
   * @throws ndoe.devices.DeviceLinkException when it does not answer properly
   */
  int[] read(int start, int count) throws ModbusRefusedException;

  @Override
  void close();
}
