package ndoe.devices.emulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusServer;

/**
 * Serves one plant as a SunSpec device over Modbus TCP: models 1, 103 and 704 (not for a load),
 * 701, 702, and 713 of a storage.
 */
public final class SunSpecEmulator implements AutoCloseable {
  /** Where most SunSpec devices put their models. */
  public static final int USUAL_BASE = 40_000;

  private static final int UNIT_ID = 1;

  private final ModbusServer server;

  private SunSpecEmulator(ModbusServer server) {
    this.server = server;
  }

  /** Serves on the loopback interface at a port the system chooses. */
  public static SunSpecEmulator start(EmulatedPlant plant) {
    return start(plant, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), USUAL_BASE);
  }

  /**
   * Serves anywhere.
   *
   * @param base register of the SunSpec marker: 40000, 0 or 50000
   */
  public static SunSpecEmulator start(EmulatedPlant plant, InetSocketAddress where, int base) {
    return new SunSpecEmulator(ModbusServer.start(where, UNIT_ID, new DerRegisters(plant, base)));
  }

  public ModbusAddress address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }
}
