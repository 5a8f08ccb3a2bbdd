package ndoe.controller.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import ndoe.devices.DeviceId;
import ndoe.devices.fleet.Connection;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.devices.fleet.FleetTimings;
import ndoe.devices.fleet.Protection;
import ndoe.devices.fleet.Role;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.sunspec.SunSpecQuirks;
import ndoe.feeders.Range;
import ndoe.feeders.YamlFile;
import ndoe.feeders.YamlMap;

/** Reads which devices of a scenario are real and how they are reached. */
final class FleetFile {
  /** Longest a live device reads the same to the last digit, its voltage among it, s. */
  private static final int FROZEN_AFTER_SECONDS = 60;

  private static final FleetTimings PATIENT =
      new FleetTimings(
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(300));

  private FleetFile() {}

  /** What a device is left at in the end. */
  private enum OnExit {
    DEFAULT,
    RESTORE
  }

  /**
   * What a fleet file says.
   *
   * @param broker the external broker, if devices use one
   * @param timings with the reversion that is armed with every setpoint
   * @param devices the devices to connect; whatever else the scenario has is emulated
   * @param gridSimulator hardware behind an amplifier that replaces one of the devices
   */
  record Fleet(
      String site,
      Optional<BrokerAddress> broker,
      FleetTimings timings,
      List<DeviceSpec> devices,
      Optional<GridSimulatorEntry> gridSimulator) {
    Fleet {
      devices = List.copyOf(devices);
    }

    /**
     * Nothing real, and patience with a busy machine: emulated devices that are slow to answer, or
     * revert because nobody renews their setpoints, would make a simulation depend on it.
     */
    static Fleet allEmulated() {
      return new Fleet("lab1", Optional.empty(), PATIENT, List.of(), Optional.empty());
    }
  }

  /**
   * Reads a fleet file.
   *
   * @param needs the devices of the scenario, one of which every entry must be
   * @throws ndoe.feeders.InvalidInputException with every problem of the file
   */
  static Fleet read(Path path, List<DeviceNeed> needs) {
    return read(YamlFile.read(path), needs);
  }

  static Fleet read(YamlFile file, List<DeviceNeed> needs) {
    YamlMap root = file.root();
    root.wholeNumber("format", 1, 1);
    String site = site(root);
    Optional<BrokerAddress> broker = broker(root);
    FleetTimings timings = FleetTimings.defaults();
    int reversion = root.wholeNumber("reversion_s", 3, 3600, (int) timings.reversion().toSeconds());
    List<DeviceSpec> devices = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Map<String, DeviceNeed> byPurpose =
        needs.stream().collect(Collectors.toMap(n -> n.owner() + "/" + n.role(), n -> n));
    for (YamlMap entry : root.maps("devices", true)) {
      device(entry, site, broker.isPresent(), byPurpose, seen).ifPresent(devices::add);
    }
    Optional<GridSimulatorEntry> gridSimulator = GridSimulatorEntry.read(root, needs);
    file.finish();
    return new Fleet(
        site, broker, timings.withReversion(Duration.ofSeconds(reversion)), devices, gridSimulator);
  }

  static String site(YamlMap root) {
    String site = root.text("site", "lab1");
    if (DeviceId.isAllowed(site)) {
      return site;
    }
    root.problem("site", notAllowed(site));
    return "lab1";
  }

  static String notAllowed(String name) {
    return "\"" + name + "\": allowed are " + DeviceId.ALLOWED;
  }

  /** The broker a file names, if it does. */
  static Optional<BrokerAddress> broker(YamlMap root) {
    boolean given = root.has("broker");
    String uri = root.text("broker", "tcp://127.0.0.1:1883");
    String username = root.text("broker_username", "");
    String passwordFile = root.text("broker_password_file", "");
    String ca = root.text("broker_ca", "");
    if (!given) {
      return Optional.empty();
    }
    try {
      BrokerAddress address = BrokerAddress.parse(uri);
      if (!ca.isEmpty()) {
        address = address.withCa(root.file("broker_ca"));
      }
      if (!username.isEmpty()) {
        String password =
            passwordFile.isEmpty()
                ? ""
                : Files.readString(root.file("broker_password_file")).strip();
        address = address.withLogin(username, password);
      }
      return Optional.of(address);
    } catch (IllegalArgumentException e) {
      root.problem("broker", e.getMessage());
    } catch (IOException e) {
      root.problem("broker_password_file", passwordFile + " cannot be read");
    }
    return Optional.empty();
  }

  private static Optional<DeviceSpec> device(
      YamlMap entry,
      String site,
      boolean brokerGiven,
      Map<String, DeviceNeed> needs,
      Set<String> seen) {
    String id = entry.text("id");
    String prosumer = entry.text("prosumer");
    Role role = entry.oneOf("role", Role.METER);
    double scale = entry.number("scale", Range.above(0), 1);
    Optional<YamlMap> modbus = entry.optionalMap("modbus");
    Optional<YamlMap> mqtt = entry.optionalMap("mqtt");
    Optional<Connection> connection = Optional.empty();
    if (modbus.isPresent() == mqtt.isPresent()) {
      entry.problem(
          "modbus", "a device needs either modbus: {host, port, unit, quirks} or mqtt: {}");
    } else if (modbus.isPresent()) {
      connection = Optional.of(modbus(modbus.get()));
    } else {
      connection = Optional.of(new Connection.Mqtt(site));
      if (!brokerGiven) {
        entry.problem("mqtt", "needs the broker the device is connected to: key broker");
      }
    }
    DeviceNeed need = needs.get(prosumer + "/" + role);
    if (need == null) {
      entry.problem(
          "prosumer",
          "\"%s\" has no %s in this scenario; it has: %s"
              .formatted(prosumer, role, devicesOf(prosumer, needs)));
    }
    if (!seen.add(prosumer + "/" + role)) {
      entry.problem("role", "prosumer " + prosumer + " has its " + role + " already above");
    }
    if (!DeviceId.isAllowed(id)) {
      entry.problem("id", notAllowed(id));
    } else if (!seen.add(id)) {
      entry.problem("id", "\"" + id + "\" appears twice");
    } else if (needs.values().stream()
        .anyMatch(n -> !n.equals(need) && n.id().value().equals(id))) {
      entry.problem("id", "\"" + id + "\" is the name of another device of the scenario");
    } else if (need != null && connection.isPresent()) {
      return Optional.of(
          new DeviceSpec(
              new DeviceId(id),
              prosumer,
              role,
              connection.get(),
              scale,
              need.rating().reversionKw(),
              protection(entry)));
    }
    return Optional.empty();
  }

  private static Connection modbus(YamlMap address) {
    SunSpecQuirks quirks = SunSpecQuirks.NONE;
    if (address.has("quirks")) {
      try {
        quirks = SunSpecQuirks.read(address.file("quirks"));
      } catch (IllegalArgumentException e) {
        address.problem("quirks", e.getMessage());
      }
    }
    return new Connection.ModbusTcp(
        address.text("host"),
        address.wholeNumber("port", 1, 65535, 502),
        address.wholeNumber("unit", 0, 255, quirks.unitId().orElse(1)),
        quirks);
  }

  private static Protection protection(YamlMap entry) {
    double ramp = entry.number("ramp_kw_per_s", Range.above(0), Double.POSITIVE_INFINITY);
    int frozenAfter = entry.wholeNumber("frozen_after_s", 0, 86_400, FROZEN_AFTER_SECONDS);
    OnExit onExit = entry.oneOf("on_exit", OnExit.DEFAULT);
    return new Protection(ramp, Duration.ofSeconds(frozenAfter), onExit == OnExit.RESTORE);
  }

  private static String devicesOf(String prosumer, Map<String, DeviceNeed> needs) {
    String own =
        needs.values().stream()
            .filter(need -> need.owner().value().equals(prosumer))
            .map(need -> need.role().name().toLowerCase(Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(", "));
    return own.isEmpty()
        ? "nothing; prosumers are "
            + needs.values().stream()
                .map(need -> need.owner().value())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "))
        : own;
  }
}
