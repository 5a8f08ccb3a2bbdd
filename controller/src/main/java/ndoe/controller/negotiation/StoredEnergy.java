package ndoe.controller.negotiation;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ndoe.controller.prosumer.DeviceState;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;

/**
 * What storages hold when a horizon begins; each part is known to its owner alone.
 *
 * @param devices of every prosumer
 * @param operatorBatteriesKwh the operator’s own, kWh, in the scenario’s order
 */
public record StoredEnergy(
    Map<ProsumerId, DeviceState> devices, List<Double> operatorBatteriesKwh) {
  public StoredEnergy {
    devices = Map.copyOf(devices);
    operatorBatteriesKwh = List.copyOf(operatorBatteriesKwh);
  }

  /** As a scenario says. */
  public static StoredEnergy initial(Scenario scenario) {
    return new StoredEnergy(
        scenario.prosumers().stream()
            .collect(
                Collectors.toMap(
                    ProsumerSite::id, site -> DeviceState.initial(site, scenario.horizon()))),
        scenario.operator().batteries().stream()
            .map(battery -> battery.rating().initialEnergyKwh())
            .toList());
  }
}
