package ndoe.controller.loop;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import ndoe.cosim.powerflow.GridState;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedBench;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;

/**
 * The weather, the people and the grid voltage around emulated devices: what the scenario’s day
 * really brings, which no controller is told beforehand.
 */
final class EmulatedDay {
  private final Scenario scenario;
  private final EmulatedBench bench;
  private final Map<DeviceId, DeviceNeed> emulated;
  private final Map<ProsumerId, int[]> places = new HashMap<>();

  /** A day for the devices the bench emulates. */
  EmulatedDay(Scenario scenario, EmulatedBench bench, Map<DeviceId, DeviceNeed> emulated) {
    this.scenario = scenario;
    this.bench = bench;
    this.emulated = Map.copyOf(emulated);
    scenario
        .connectionPoints()
        .forEach(point -> places.put(point.prosumer(), scenario.feeder().at(point.bus())));
  }

  /** Brings this interval’s weather and demand. */
  void begin(int interval) {
    for (ProsumerSite site : scenario.prosumers()) {
      for (DeviceNeed need : emulated.values()) {
        if (need.owner().equals(site.id())) {
          bring(site, need, bench.plant(need.id()), interval);
        }
      }
    }
  }

  private static void bring(ProsumerSite site, DeviceNeed need, EmulatedPlant plant, int interval) {
    switch (need.role()) {
      case PV -> plant.setAvailablePowerKw(site.pv().orElseThrow().availablePowerKw().at(interval));
      case WIND ->
          plant.setAvailablePowerKw(site.wind().orElseThrow().availablePowerKw().at(interval));
      case MICRO_TURBINE -> plant.setAvailablePowerKw(need.rating().injectionKw());
      case METER -> {
        double fixed = (1 - site.flexibleLoadFraction()) * site.loadKw().at(interval);
        plant.setDemandKw(fixed);
        plant.setDemandKvar(site.connectionPoint().tanPhi() * fixed);
      }
      case BATTERY, VEHICLE, FLEXIBLE_LOAD -> {}
    }
  }

  /** Lets the devices feel the voltage the twin found at their bus. */
  void feedBack(GridState state) {
    if (!state.converged()) {
      return;
    }
    for (ProsumerSite site : scenario.prosumers()) {
      double voltage =
          Arrays.stream(places.get(site.id()))
              .mapToDouble(place -> state.voltagePu(place, 0))
              .average()
              .orElseThrow();
      for (DeviceNeed need : emulated.values()) {
        if (need.owner().equals(site.id())) {
          bench.plant(need.id()).setVoltagePu(voltage);
        }
      }
    }
  }
}
