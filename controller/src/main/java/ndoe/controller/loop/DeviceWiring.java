package ndoe.controller.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import ndoe.controller.journal.DeviceRow;
import ndoe.controller.loop.FleetFile.Fleet;
import ndoe.controller.negotiation.StoredEnergy;
import ndoe.controller.program.ConvexSolver;
import ndoe.devices.Device;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.EmulatedDeviceSpec;
import ndoe.devices.emulator.EmulatedDeviceSpec.Protocol;
import ndoe.devices.fleet.DeviceFleet;
import ndoe.devices.fleet.DeviceSpec;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioDays;

/** Which device of the scenario is real or emulated, and which site controller gets it. */
final class DeviceWiring {
  private final Scenario scenario;
  private final Fleet fleet;
  private final Map<DeviceId, DeviceNeed> emulated = new LinkedHashMap<>();

  DeviceWiring(Scenario scenario, Fleet fleet, List<DeviceNeed> needs) {
    this.scenario = scenario;
    this.fleet = fleet;
    needs.stream().filter(n -> !isReal(n, fleet)).forEach(n -> emulated.put(n.id(), n));
  }

  /** The scenario's devices; their reversion powers keep every envelope of the day. */
  static List<DeviceNeed> needs(Scenario scenario, Optional<EnvelopePlan> agreed) {
    return scenario.prosumers().stream()
        .flatMap(
            site -> {
              OperatingEnvelope fallback =
                  agreed.stream()
                      .flatMap(plan -> plan.of(site.id()).envelopes().stream())
                      .reduce(site.connectionPoint().defaultEnvelope(), OperatingEnvelope::within);
              return DeviceNeed.of(site, fallback).stream();
            })
        .toList();
  }

  private static boolean isReal(DeviceNeed need, Fleet fleet) {
    return fleet.devices().stream()
        .anyMatch(d -> d.owner().equals(need.owner().value()) && d.role() == need.role());
  }

  /** The devices that are not real. */
  Map<DeviceId, DeviceNeed> emulated() {
    return emulated;
  }

  /** Emulated devices speak Modbus at every other prosumer and MQTT at the rest. */
  List<EmulatedDeviceSpec> emulatedSpecs() {
    List<EmulatedDeviceSpec> specs = new ArrayList<>();
    for (int n = 0; n < scenario.prosumers().size(); n++) {
      Protocol protocol = n % 2 == 0 ? Protocol.MODBUS : Protocol.MQTT;
      for (DeviceNeed need : emulated.values()) {
        if (need.owner().equals(scenario.prosumers().get(n).id())) {
          specs.add(
              new EmulatedDeviceSpec(
                  need.id(), need.owner().value(), need.role(), protocol, need.rating()));
        }
      }
    }
    return specs;
  }

  List<DeviceSpec> allSpecs(EmulatedBench bench) {
    List<DeviceSpec> all = new ArrayList<>(fleet.devices());
    all.addAll(bench.specs());
    return all;
  }

  List<SiteController> sites(
      InForce agreed,
      ScenarioDays days,
      StepJournal journal,
      DeviceFleet devices,
      ConvexSolver solver,
      Optional<HardwareCoupling> hardware) {
    Map<DeviceId, Device> byId = new HashMap<>();
    devices.devices().forEach(device -> byId.put(device.id(), device));
    List<SiteController> sites = new ArrayList<>();
    for (ProsumerSite site : scenario.prosumers()) {
      List<SiteDevice> own =
          devices.ofOwner(site.id().value()).stream()
              .map(
                  spec ->
                      new SiteDevice(
                          spec.role(),
                          hardware
                              .map(coupling -> coupling.inPlaceOf(spec, byId.get(spec.id())))
                              .orElse(byId.get(spec.id())),
                          fleet.devices().contains(spec)))
              .toList();
      sites.add(
          new SiteController(
              site,
              own,
              SitePlan.of(agreed, days, site.id(), solver),
              journal,
              StoredEnergy.initial(days.dayOf(0)).devices().get(site.id())));
    }
    return sites;
  }

  /** The devices for the record. */
  List<DeviceRow> rows(DeviceFleet devices) {
    return devices.specs().stream()
        .map(
            d ->
                new DeviceRow(
                    new ProsumerId(d.owner()),
                    d.id(),
                    d.role().name().toLowerCase(Locale.ROOT),
                    d.connection().toString(),
                    fleet.devices().contains(d)))
        .toList();
  }
}
