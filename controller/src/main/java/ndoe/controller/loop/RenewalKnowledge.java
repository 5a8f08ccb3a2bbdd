package ndoe.controller.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.negotiation.StoredEnergy;
import ndoe.controller.prosumer.DeviceState;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/**
 * What a negotiation begins with while the run goes on; each part is known to its party alone.
 *
 * @param devices of every prosumer when the first interval begins
 * @param operatorBatteriesKwh the operator’s own, kWh
 * @param measuredOverExpected generation now over what was expected of it, by prosumer, fraction
 */
record RenewalKnowledge(
    Map<String, DeviceState> devices,
    List<Double> operatorBatteriesKwh,
    Map<String, Double> measuredOverExpected) {
  /** A change of a forecast’s error that calls for a negotiation, as share of the forecast. */
  private static final double NEWS = 0.3;

  private static final JsonMapper MAPPER = new JsonMapper();

  RenewalKnowledge {
    devices = new TreeMap<>(devices);
    operatorBatteriesKwh = List.copyOf(operatorBatteriesKwh);
    measuredOverExpected = new TreeMap<>(measuredOverExpected);
  }

  /** As measured now and foreseen for the end of an interval that lasts so much longer. */
  static RenewalKnowledge of(List<SiteController> sites, List<Double> operatorKwh, Duration rest) {
    Map<String, DeviceState> devices = new HashMap<>();
    Map<String, Double> measured = new HashMap<>();
    for (SiteController site : sites) {
      devices.put(site.id().value(), site.foreseen(rest));
      measured.put(site.id().value(), site.measuredOverExpected());
    }
    return new RenewalKnowledge(devices, operatorKwh, measured);
  }

  /** Storages alone. */
  static RenewalKnowledge of(StoredEnergy energy) {
    Map<String, DeviceState> devices = new HashMap<>();
    energy.devices().forEach((id, state) -> devices.put(id.value(), state));
    return new RenewalKnowledge(devices, energy.operatorBatteriesKwh(), Map.of());
  }

  /** Another day begins: what is due until its end is its own, what batteries hold stays. */
  RenewalKnowledge beginning(Scenario day) {
    Map<String, DeviceState> begun = new HashMap<>();
    StoredEnergy.initial(day)
        .devices()
        .forEach(
            (id, due) ->
                begun.put(
                    id.value(),
                    new DeviceState(
                        0,
                        devices.get(id.value()).batteryEnergyKwh(),
                        due.flexibleEnergyKwh(),
                        due.vehicleEnergyKwh())));
    return new RenewalKnowledge(begun, operatorBatteriesKwh, measuredOverExpected);
  }

  /** Whether somebody’s forecast turned out otherwise than an earlier negotiation knew. */
  boolean differs(RenewalKnowledge earlier) {
    return measuredOverExpected.entrySet().stream()
        .anyMatch(
            now ->
                Math.abs(
                        now.getValue()
                            - earlier.measuredOverExpected().getOrDefault(now.getKey(), 1.0))
                    > NEWS);
  }

  StoredEnergy energy() {
    Map<ProsumerId, DeviceState> byId = new HashMap<>();
    devices.forEach((id, state) -> byId.put(new ProsumerId(id), state));
    return new StoredEnergy(byId, operatorBatteriesKwh);
  }

  Map<ProsumerId, Double> measured() {
    Map<ProsumerId, Double> byId = new HashMap<>();
    measuredOverExpected.forEach((id, ratio) -> byId.put(new ProsumerId(id), ratio));
    return byId;
  }

  String toJson() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static RenewalKnowledge parse(String json) {
    try {
      return MAPPER.readValue(json, RenewalKnowledge.class);
    } catch (JsonProcessingException e) {
      throw new RunFolderException("what a renewal began with cannot be read: " + e.getMessage());
    }
  }
}
