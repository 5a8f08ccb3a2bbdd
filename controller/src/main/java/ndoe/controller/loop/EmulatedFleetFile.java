package ndoe.controller.loop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedDeviceSpec;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.emulator.Fault;
import ndoe.devices.emulator.Flavour;
import ndoe.devices.emulator.GridSupportSpec;
import ndoe.devices.emulator.SunSpecEmulator;
import ndoe.devices.emulator.SunSpecEmulator.Placement;
import ndoe.devices.fleet.Role;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.feeders.Range;
import ndoe.feeders.YamlFile;
import ndoe.feeders.YamlMap;

/** Reads which devices to emulate when there is no scenario. */
final class EmulatedFleetFile {
  private static final double PERCENT = 100;
  private static final Set<Integer> BASES = Set.of(0, 40_000, 50_000);
  private static final Range POWER = Range.aboveUpTo(0, 1e6);

  private EmulatedFleetFile() {}

  /**
   * What an emulated-fleet file says.
   *
   * @param broker for devices that speak MQTT; one inside the process if absent
   */
  record EmulatedFleet(String site, Optional<BrokerAddress> broker, List<Entry> devices) {
    EmulatedFleet {
      devices = List.copyOf(devices);
    }
  }

  /**
   * One device and what is around it at first.
   *
   * @param surroundingKw what a generator has available or a load demands, kW ≥ 0
   */
  record Entry(EmulatedDeviceSpec spec, double surroundingKw) {}

  /** Whether a file lists devices itself; a scenario does not. */
  static boolean isOne(Path path) {
    return YamlFile.read(path).root().has("devices");
  }

  /**
   * Reads an emulated-fleet file.
   *
   * @throws ndoe.feeders.InvalidInputException with every problem of the file
   */
  static EmulatedFleet read(Path path) {
    YamlFile file = YamlFile.read(path);
    YamlMap root = file.root();
    root.wholeNumber("format", 1, 1);
    String site = FleetFile.site(root);
    Optional<BrokerAddress> broker = FleetFile.broker(root);
    List<Entry> devices = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Set<Integer> ports = new HashSet<>();
    for (YamlMap entry : root.maps("devices", true)) {
      device(entry, ids, ports).ifPresent(devices::add);
    }
    file.finish();
    return new EmulatedFleet(site, broker, devices);
  }

  private static Optional<Entry> device(YamlMap entry, Set<String> ids, Set<Integer> ports) {
    String id = entry.text("id");
    if (!DeviceId.isAllowed(id)) {
      entry.problem("id", FleetFile.notAllowed(id));
    } else if (!ids.add(id)) {
      entry.problem("id", "\"" + id + "\" appears twice");
    }
    Role role = entry.oneOf("role", Role.class);
    Protocol protocol = entry.oneOf("protocol", Protocol.MODBUS);
    String owner = entry.text("prosumer", "bench");
    Rating rating = rating(entry, role);
    double surroundingKw = surroundingKw(entry, role, rating);
    GridSupportSpec support = gridSupport(entry, role, rating);
    Placement placement =
        protocol == Protocol.MODBUS
            ? placement(entry, ports)
            : Placement.usual(Flavour.SEVEN_HUNDRED);
    Optional<Fault> fault = fault(entry, protocol);
    return !DeviceId.isAllowed(id)
        ? Optional.empty()
        : Optional.of(
            new Entry(
                new EmulatedDeviceSpec(
                    new DeviceId(id), owner, role, protocol, rating, support, placement, fault),
                surroundingKw));
  }

  private static Rating rating(YamlMap entry, Role role) {
    double ramp =
        entry.has("ramp_pct_s")
            ? entry.number("ramp_pct_s", Range.aboveUpTo(0, 1e6)) / PERCENT
            : Double.POSITIVE_INFINITY;
    return switch (role.nature()) {
      case INVERTER -> {
        double kw = entry.number("rating_kw", POWER);
        double fallback = entry.number("default_kw", Range.between(0, kw), 0);
        yield Rating.generator(kw, fallback).withRamp(ramp);
      }
      case METER -> Rating.load(entry.number("rating_kw", POWER));
      case BATTERY -> storage(entry).withRamp(ramp);
    };
  }

  private static Rating storage(YamlMap entry) {
    double chargeKw = entry.number("charge_kw", POWER);
    double dischargeKw = entry.number("discharge_kw", Range.between(0, 1e6), chargeKw);
    double energyKwh = entry.number("energy_kwh", POWER);
    double efficiency = entry.number("efficiency", Range.aboveUpTo(0, 1), 0.95);
    double low = entry.number("soc_min", Range.between(0, 1), 0.1);
    double high = entry.number("soc_max", Range.between(low, 1), Math.max(low, 0.9));
    double initial = entry.number("soc_initial", Range.between(low, high), (low + high) / 2);
    return Rating.storage(dischargeKw, chargeKw, energyKwh, efficiency, low, high, initial);
  }

  private static double surroundingKw(YamlMap entry, Role role, Rating rating) {
    return switch (role.nature()) {
      case INVERTER -> entry.number("available_kw", Range.between(0, 1e6), rating.injectionKw());
      case METER -> entry.number("demand_kw", Range.between(0, 1e6), 0);
      case BATTERY -> Double.POSITIVE_INFINITY;
    };
  }

  private static GridSupportSpec gridSupport(YamlMap entry, Role role, Rating rating) {
    if (role.nature() == Role.Nature.METER) {
      return GridSupportSpec.none(rating);
    }
    double largest = Math.max(rating.injectionKw(), rating.drawKw());
    double apparentKva = entry.number("apparent_kva", Range.between(largest, 1e7), largest);
    return new GridSupportSpec(
        apparentKva, entry.flag("volt_var", false), entry.flag("volt_watt", false));
  }

  private static Placement placement(YamlMap entry, Set<Integer> ports) {
    int port = entry.wholeNumber("port", 0, 65_535, 0);
    if (port != 0 && !ports.add(port)) {
      entry.problem("port", port + " is taken by a device above; 0 lets the system choose");
    }
    int base = entry.wholeNumber("base", 0, 65_535, SunSpecEmulator.USUAL_BASE);
    if (!BASES.contains(base)) {
      entry.problem("base", base + ": allowed are 0, 40000, 50000");
    }
    int unit = entry.wholeNumber("unit", 0, 255, SunSpecEmulator.USUAL_UNIT);
    return Placement.loopback(port, base, unit, entry.oneOf("flavour", Flavour.SEVEN_HUNDRED));
  }

  private static Optional<Fault> fault(YamlMap entry, Protocol protocol) {
    if (!entry.has("fault")) {
      return Optional.empty();
    }
    Fault fault = entry.oneOf("fault", Fault.class);
    if (protocol == Protocol.MQTT && !Fault.OF_EVERY_PROTOCOL.contains(fault)) {
      entry.problem(
          "fault",
          "%s is none of a device that speaks MQTT; allowed are drifting, frozen,"
                  .formatted(fault.name().toLowerCase(Locale.ROOT))
              + " ignoring_setpoints, late, silent");
    }
    return Optional.of(fault);
  }
}
