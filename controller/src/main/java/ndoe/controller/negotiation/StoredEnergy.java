package ndoe.controller.negotiation;

import java.util.List;
import java.util.Map;
import ndoe.controller.prosumer.DeviceState;
import ndoe.feeders.ProsumerId;

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
}
