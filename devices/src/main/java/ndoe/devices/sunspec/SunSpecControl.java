package ndoe.devices.sunspec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusLink;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusTimings;

/**
 * Sets the points of any model of a device: each control in one request, sent once, and read back.
 * Owned by one thread.
 */
public final class SunSpecControl implements AutoCloseable {
  private final ModbusLink link;
  private final SunSpecQuirks quirks;
  private SunSpecMap map = new SunSpecMap(0, List.of());
  private int mappedConnection;

  private SunSpecControl(ModbusLink link, SunSpecQuirks quirks) {
    this.link = link;
    this.quirks = quirks;
  }

  /**
   * Connects and finds the models, writing nothing.
   *
   * @throws DeviceLinkException when nothing answers, or not as a SunSpec device
   */
  public static SunSpecControl connect(ModbusAddress address, ModbusTimings timings) {
    return connect(address, timings, SunSpecQuirks.NONE);
  }

  /**
   * As {@link #connect(ModbusAddress, ModbusTimings)}, minding where the models begin and how many
   * registers a request may read; unit id and gap are those of address and timings.
   */
  public static SunSpecControl connect(
      ModbusAddress address, ModbusTimings timings, SunSpecQuirks quirks) {
    SunSpecControl control = new SunSpecControl(new ModbusLink(address, timings), quirks);
    try {
      control.refresh();
      return control;
    } catch (DeviceLinkException e) {
      control.close();
      throw e;
    }
  }

  /**
   * Sets points of one model. Writable points between them are written as they are.
   *
   * @throws DeviceLinkException when the link breaks before anything was written
   */
  public ControlOutcome apply(ControlRequest request) {
    refresh();
    Optional<ModelHeader> header = map.find(request.model());
    if (header.isEmpty() || ModelDefinition.find(request.model()).isEmpty()) {
      return new ControlOutcome.Refused(
          link.address()
              + " has no SunSpec model "
              + request.model()
              + " that can be set; it has "
              + map.ids());
    }
    try {
      CodedControl coded = CodedControl.of(request, read(header.get()));
      return coded.problem().isPresent()
          ? new ControlOutcome.Refused(link.address() + ": " + coded.problem().get())
          : write(header.get(), coded);
    } catch (ModbusRefusedException e) {
      return new ControlOutcome.Refused(e.getMessage());
    }
  }

  @Override
  public void close() {
    link.close();
  }

  private ControlOutcome write(ModelHeader header, CodedControl coded) {
    try {
      link.write(header.address() + coded.from(), coded.registers());
    } catch (ModbusRefusedException e) {
      return e.refusal().leavesDeviceUnchanged()
          ? new ControlOutcome.Refused(e.getMessage())
          : new ControlOutcome.Unconfirmed(e.getMessage());
    } catch (DeviceLinkException e) {
      return new ControlOutcome.Unconfirmed(e.getMessage());
    }
    try {
      ModelImage found = read(header);
      List<String> differences = coded.differences(found);
      return differences.isEmpty()
          ? new ControlOutcome.Applied(values(coded, found))
          : new ControlOutcome.Unconfirmed(link.address() + ": " + String.join("; ", differences));
    } catch (ModbusRefusedException | DeviceLinkException e) {
      return new ControlOutcome.Unconfirmed("written but not read back: " + e.getMessage());
    }
  }

  private ModelImage read(ModelHeader header) throws ModbusRefusedException {
    return SunSpecMap.read(link, header, quirks.mostRegisters());
  }

  private static Map<String, Double> values(CodedControl coded, ModelImage found) {
    return coded.paths().stream()
        .collect(Collectors.toMap(path -> path, path -> found.value(path).orElseThrow()));
  }

  private void refresh() {
    int connection = link.connect();
    if (connection != mappedConnection) {
      map = SunSpecMap.discover(link, quirks);
      mappedConnection = connection;
    }
  }
}
