package ndoe.devices.sunspec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.modbus.ModbusAddress;
import ndoe.devices.modbus.ModbusRefusedException;
import ndoe.devices.modbus.ModbusTimings;

/**
 * Sets the points of any model of a device: each control in one request, sent once, and read back.
 * Owned by one thread.
 */
public final class SunSpecControl implements AutoCloseable {
  private final SunSpecLink link;

  private SunSpecControl(SunSpecLink link) {
    this.link = link;
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
    return new SunSpecControl(SunSpecLink.connect(address, timings, quirks));
  }

  /**
   * Sets points of one model. Writable points between them are written as they are.
   *
   * @throws DeviceLinkException when the link breaks before anything was written
   */
  public ControlOutcome apply(ControlRequest request) {
    if (!link.has(request.model()) || ModelDefinition.find(request.model()).isEmpty()) {
      return new ControlOutcome.Refused(
          link
              + " has no SunSpec model "
              + request.model()
              + " that can be set; it has "
              + link.map().ids());
    }
    try {
      CodedControl coded = CodedControl.of(request, link.read(request.model()));
      return coded.problem().isPresent()
          ? new ControlOutcome.Refused(link + ": " + coded.problem().get())
          : write(link, coded);
    } catch (ModbusRefusedException e) {
      return new ControlOutcome.Refused(e.getMessage());
    }
  }

  @Override
  public void close() {
    link.close();
  }

  private static ControlOutcome write(SunSpecLink link, CodedControl coded) {
    Optional<ControlOutcome> failure = send(link, coded);
    if (failure.isPresent()) {
      return failure.get();
    }
    try {
      return outcome(link, coded, link.read(coded.asked().id()));
    } catch (ModbusRefusedException | DeviceLinkException e) {
      return unread(link, e);
    }
  }

  /** Writes a control that has no problem, once; reasons begin with the device’s address. */
  static Optional<ControlOutcome> send(SunSpecLink link, CodedControl coded) {
    try {
      link.write(coded.asked().id(), coded.from(), coded.registers());
      return Optional.empty();
    } catch (ModbusRefusedException e) {
      return Optional.of(
          e.refusal().leavesDeviceUnchanged()
              ? new ControlOutcome.Refused(e.getMessage())
              : new ControlOutcome.Unconfirmed(e.getMessage()));
    } catch (DeviceLinkException e) {
      return Optional.of(new ControlOutcome.Unconfirmed(e.getMessage()));
    }
  }

  /** What a control came to when this was read back. */
  static ControlOutcome outcome(SunSpecLink link, CodedControl coded, ModelImage found) {
    List<String> differences = coded.differences(found);
    return differences.isEmpty()
        ? new ControlOutcome.Applied(values(coded, found))
        : new ControlOutcome.Unconfirmed(link + ": " + String.join("; ", differences));
  }

  /** What a control came to that was written but could not be read back. */
  static ControlOutcome unread(SunSpecLink link, Exception cause) {
    return new ControlOutcome.Unconfirmed(
        link + ": written but not read back: " + cause.getMessage());
  }

  private static Map<String, Double> values(CodedControl coded, ModelImage found) {
    return coded.paths().stream()
        .collect(Collectors.toMap(path -> path, path -> found.value(path).orElseThrow()));
  }
}
