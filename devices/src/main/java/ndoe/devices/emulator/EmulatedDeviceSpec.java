package ndoe.devices.emulator;

import java.util.Objects;
import ndoe.devices.DeviceId;
import ndoe.devices.fleet.Role;

/**
 * A device to emulate.
 *
 * @param owner who may use it
 * @param rating in kW of the scenario; its reversion power is also what the link is told
 */
public record EmulatedDeviceSpec(
    DeviceId id, String owner, Role role, Protocol protocol, EmulatedPlant.Rating rating) {

  public EmulatedDeviceSpec {
    Objects.requireNonNull(id);
    Objects.requireNonNull(owner);
    Objects.requireNonNull(role);
    Objects.requireNonNull(protocol);
    Objects.requireNonNull(rating);
  }

  /** What the device speaks. */
  public enum Protocol {
    /** SunSpec over Modbus TCP. */
    MODBUS,
    MQTT
  }

  EmulatedPlant.Kind kind() {
    return switch (role.nature()) {
      case INVERTER -> EmulatedPlant.Kind.GENERATOR;
      case BATTERY -> EmulatedPlant.Kind.STORAGE;
      case METER -> EmulatedPlant.Kind.LOAD;
    };
  }
}
