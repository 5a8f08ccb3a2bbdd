package ndoe.devices.sunspec;

import java.util.List;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusLink;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusTimings;

/** A link and the models behind it, which are looked for anew after every reconnection. */
final class SunSpecLink implements AutoCloseable {
  private final ModbusLink link;
  private final SunSpecQuirks quirks;
  private SunSpecMap map = new SunSpecMap(0, List.of());
  private int mappedConnection;

  private SunSpecLink(ModbusLink link, SunSpecQuirks quirks) {
    this.link = link;
    this.quirks = quirks;
  }

  /** Connects and finds the models, or throws {@link DeviceLinkException} and leaves. */
  static SunSpecLink connect(ModbusAddress address, ModbusTimings timings, SunSpecQuirks quirks) {
    SunSpecLink connected = new SunSpecLink(new ModbusLink(address, timings), quirks);
    try {
      connected.map();
      return connected;
    } catch (DeviceLinkException e) {
      connected.close();
      throw e;
    }
  }

  ModbusAddress address() {
    return link.address();
  }

  /** The models, after reconnecting if the connection was lost. */
  SunSpecMap map() {
    int connection = link.connect();
    if (connection != mappedConnection) {
      map = SunSpecMap.discover(link, quirks);
      mappedConnection = connection;
    }
    return map;
  }

  /** How often the link has connected; a change means that the device may have restarted. */
  int connection() {
    return mappedConnection;
  }

  boolean has(int model) {
    return map().find(model).isPresent();
  }

  /** Reads a model whole, its scale factors included. */
  ModelImage read(int model) throws ModbusRefusedException {
    return SunSpecMap.read(link, require(model), quirks.mostRegisters());
  }

  /** As {@link #read}, where a refusal is as bad as a broken link. */
  ModelImage readOrFail(int model) {
    try {
      return read(model);
    } catch (ModbusRefusedException e) {
      throw new DeviceLinkException(e.getMessage(), e);
    }
  }

  /** Writes registers of a model in one request, which is sent once. */
  void write(int model, int offset, int... registers) throws ModbusRefusedException {
    link.write(require(model).address() + offset, registers);
  }

  @Override
  public String toString() {
    return link.address().toString();
  }

  @Override
  public void close() {
    link.close();
  }

  private ModelHeader require(int model) {
    return map()
        .find(model)
        .orElseThrow(
            () ->
                new DeviceLinkException(
                    link.address() + " has no SunSpec model " + model + "; it has " + map.ids()));
  }
}
