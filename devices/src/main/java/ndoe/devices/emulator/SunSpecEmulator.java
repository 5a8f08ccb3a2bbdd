package ndoe.devices.emulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import ndoe.devices.DeviceId;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusServer;

/**
 * Serves one plant as a SunSpec device over Modbus TCP.
 *
 * <ul>
 *   <li>700 series: models 1, 103, 701, 702, 704, of a storage 713, then 705, 706 and 715; of a
 *       load 1, 701 and 702.
 *   <li>Old models: 1, 103, 120, 121, 122, 123, of a storage 124, then 126, 132, of a storage 802;
 *       of a load 1, 103, 120, 121 and 122.
 * </ul>
 */
public final class SunSpecEmulator implements EmulatedDevice {
  /** Where most SunSpec devices put their models. */
  public static final int USUAL_BASE = 40_000;

  /** The unit id most devices have. */
  public static final int USUAL_UNIT = 1;

  private static final Set<Fault> POSSIBLE =
      Collections.unmodifiableSet(EnumSet.allOf(Fault.class));

  private final EmulatedPlant plant;
  private final FaultState faults;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ModbusServer server;

  private SunSpecEmulator(EmulatedPlant plant, Placement placement) {
    this.plant = plant;
    this.faults = new FaultState(plant, POSSIBLE);
    DerRegisters registers = new DerRegisters(plant, placement.base(), placement.flavour(), faults);
    this.server =
        ModbusServer.start(
            placement.where(), placement.unitId(), registers, new FaultyFrames(faults, closing));
  }

  /**
   * Where and as what a device is served.
   *
   * @param where interface and port, 0 to let the system choose
   * @param base register of the SunSpec marker: 40000, 0 or 50000
   * @param unitId 0 to 255
   */
  public record Placement(InetSocketAddress where, int base, int unitId, Flavour flavour) {

    /** On the loopback interface at a port the system chooses, as most devices are. */
    public static Placement usual(Flavour flavour) {
      return loopback(0, USUAL_BASE, USUAL_UNIT, flavour);
    }

    /** On the loopback interface. */
    public static Placement loopback(int port, int base, int unitId, Flavour flavour) {
      InetSocketAddress where = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      return new Placement(where, base, unitId, flavour);
    }
  }

  /** Serves the 700 series on the loopback interface at a port the system chooses. */
  public static SunSpecEmulator start(EmulatedPlant plant) {
    return start(plant, Placement.usual(Flavour.SEVEN_HUNDRED));
  }

  /**
   * Serves the 700 series anywhere.
   *
   * @param base register of the SunSpec marker: 40000, 0 or 50000
   */
  public static SunSpecEmulator start(EmulatedPlant plant, InetSocketAddress where, int base) {
    return start(plant, new Placement(where, base, USUAL_UNIT, Flavour.SEVEN_HUNDRED));
  }

  /**
   * Serves anything anywhere; Modbus has no authentication, so keep it to an isolated interface.
   *
   * @throws ndoe.devices.DeviceLinkException if the port is taken
   */
  public static SunSpecEmulator start(EmulatedPlant plant, Placement placement) {
    return new SunSpecEmulator(plant, placement);
  }

  @Override
  public DeviceId id() {
    return plant.id();
  }

  public ModbusAddress address() {
    return server.address();
  }

  @Override
  public Set<Fault> possibleFaults() {
    return POSSIBLE;
  }

  @Override
  public Set<Fault> faults() {
    return faults.all();
  }

  @Override
  public void inject(Fault fault) {
    faults.inject(fault);
  }

  @Override
  public void clear(Fault fault) {
    faults.clear(fault);
  }

  @Override
  public void close() {
    closing.countDown();
    server.close();
  }
}
