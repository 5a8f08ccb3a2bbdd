package ndoe.devices.emulator;

import java.util.Objects;
import java.util.Optional;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.SunSpecEmulator.Placement;
import ndoe.devices.fleet.Role;

/**
 * A device to emulate.
 *
 * @param owner who may use it
 * @param rating in kW of the scenario; its reversion power is also what the link is told
 * @param placement where and as what it is served if it speaks Modbus
 * @param fault what is wrong with it from the start
 */
public record EmulatedDeviceSpec(
    DeviceId id,
    String owner,
    Role role,
    Protocol protocol,
    EmulatedPlant.Rating rating,
    GridSupportSpec gridSupport,
    Placement placement,
    Optional<Fault> fault) {

  public EmulatedDeviceSpec {
    Objects.requireNonNull(id);
    Objects.requireNonNull(owner);
    Objects.requireNonNull(role);
    Objects.requireNonNull(protocol);
    Objects.requireNonNull(rating);
    Objects.requireNonNull(gridSupport);
    Objects.requireNonNull(placement);
    Objects.requireNonNull(fault);
  }

  /** A sound device of the 700 series, at a port the system chooses. */
  public EmulatedDeviceSpec(
      DeviceId id, String owner, Role role, Protocol protocol, EmulatedPlant.Rating rating) {
    this(
        id,
        owner,
        role,
        protocol,
        rating,
        GridSupportSpec.none(rating),
        Placement.usual(Flavour.SEVEN_HUNDRED),
        Optional.empty());
  }

  /** What the device speaks. */
  public enum Protocol {
    /** SunSpec over Modbus TCP. */
    MODBUS,
    MQTT
  }

  /** The physics of its role. */
  public EmulatedPlant.Kind kind() {
    return switch (role.nature()) {
      case INVERTER -> EmulatedPlant.Kind.GENERATOR;
      case BATTERY -> EmulatedPlant.Kind.STORAGE;
      case METER -> EmulatedPlant.Kind.LOAD;
    };
  }
}
