package ndoe.controller.dso;

import java.util.List;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatorData;
import ndoe.feeders.PassiveLoad;

/**
 * All the operator knows: its network and where prosumers are connected, nothing behind a meter.
 */
public record OperatorKnowledge(
    Feeder feeder,
    List<PassiveLoad> passiveLoads,
    List<ConnectionPoint> connectionPoints,
    Horizon horizon,
    OperatorData data) {
  public OperatorKnowledge {
    passiveLoads = List.copyOf(passiveLoads);
    connectionPoints = List.copyOf(connectionPoints);
  }
}
