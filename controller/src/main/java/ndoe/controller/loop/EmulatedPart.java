package ndoe.controller.loop;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import ndoe.controller.loop.FleetFile.Fleet;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedDeviceSpec;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.feeders.Scenario;

/**
 * What of a run is emulated and so may be broken on purpose.
 *
 * @param devices by what they speak
 * @param real names of the devices that are real
 * @param ownBroker whether the run has a broker of its own
 */
public record EmulatedPart(Map<DeviceId, Protocol> devices, Set<String> real, boolean ownBroker) {
  public EmulatedPart {
    devices = Map.copyOf(devices);
    real = Set.copyOf(real);
  }

  /**
   * Of a run with this fleet file; all is emulated without one.
   *
   * @throws ndoe.feeders.InvalidInputException with every problem of the fleet file
   */
  public static EmulatedPart of(Scenario scenario, Optional<Path> fleetFile) {
    var needs = DeviceWiring.needs(scenario, Optional.empty());
    Fleet fleet = fleetFile.map(file -> FleetFile.read(file, needs)).orElseGet(Fleet::allEmulated);
    Map<DeviceId, Protocol> devices = new LinkedHashMap<>();
    for (EmulatedDeviceSpec spec : new DeviceWiring(scenario, fleet, needs).emulatedSpecs()) {
      devices.put(spec.id(), spec.protocol());
    }
    Set<String> real = new TreeSet<>();
    fleet.devices().stream().map(DeviceSpec::id).map(DeviceId::value).forEach(real::add);
    return new EmulatedPart(
        devices, real, fleet.broker().isEmpty() && devices.containsValue(Protocol.MQTT));
  }

  /** Whether a device speaks MQTT. */
  public boolean hasGateways() {
    return devices.containsValue(Protocol.MQTT);
  }
}
