package ndoe.controller.loop;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ndoe.controller.loop.EmulatedFleetFile.EmulatedFleet;
import ndoe.controller.loop.FleetFile.Fleet;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.feeders.Scenario;

/**
 * What a file says about devices, without connecting to any.
 *
 * @param site level of the topics above the devices
 * @param broker its URI without login, if the file names one
 * @param gridSimulator where the amplifier is and which device its hardware replaces, if any
 */
public record FleetOverview(
    String site, Optional<String> broker, List<Device> devices, Optional<String> gridSimulator) {
  public FleetOverview {
    devices = List.copyOf(devices);
  }

  /**
   * A device.
   *
   * @param owner the prosumer
   * @param role in lower case, as files have it
   * @param connection how it is or will be reached
   */
  public record Device(String id, String owner, String role, String connection) {}

  /** The devices a scenario has; all are emulated unless a fleet says otherwise. */
  public static FleetOverview ofScenario(Scenario scenario) {
    List<Device> devices =
        DeviceWiring.needs(scenario, Optional.empty()).stream()
            .map(n -> new Device(n.id().value(), n.owner().value(), lower(n.role()), "emulated"))
            .toList();
    return new FleetOverview("lab1", Optional.empty(), devices, Optional.empty());
  }

  /**
   * The real devices of a fleet file.
   *
   * @param scenario one of whose devices every entry must be
   * @throws ndoe.feeders.InvalidInputException with every problem of the file
   */
  public static FleetOverview ofFleet(Path file, Scenario scenario) {
    Fleet fleet = FleetFile.read(file, DeviceWiring.needs(scenario, Optional.empty()));
    List<Device> devices =
        fleet.devices().stream()
            .map(d -> new Device(d.id().value(), d.owner(), lower(d.role()), d.connection() + ""))
            .toList();
    Optional<String> simulator =
        fleet
            .gridSimulator()
            .map(s -> "%s for %s %s".formatted(s.address(), s.prosumer(), lower(s.role())));
    return new FleetOverview(fleet.site(), uri(fleet.broker()), devices, simulator);
  }

  /**
   * The devices a file lists to be emulated.
   *
   * @throws ndoe.feeders.InvalidInputException with every problem of the file
   */
  public static FleetOverview ofEmulatedFleet(Path file) {
    EmulatedFleet fleet = EmulatedFleetFile.read(file);
    List<Device> devices =
        fleet.devices().stream()
            .map(EmulatedFleetFile.Entry::spec)
            .map(d -> new Device(d.id().value(), d.owner(), lower(d.role()), lower(d.protocol())))
            .toList();
    return new FleetOverview(fleet.site(), uri(fleet.broker()), devices, Optional.empty());
  }

  private static Optional<String> uri(Optional<BrokerAddress> broker) {
    return broker.map(BrokerAddress::uri);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
