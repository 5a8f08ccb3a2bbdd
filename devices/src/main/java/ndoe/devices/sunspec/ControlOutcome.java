package ndoe.devices.sunspec;

import java.util.Map;

/** What became of a {@link ControlRequest}. */
public sealed interface ControlOutcome {

  /**
   * The device reads back what was asked for, up to what its points can hold.
   *
   * @param values by the points’ paths, as read back, each in the point’s own unit
   */
  record Applied(Map<String, Double> values) implements ControlOutcome {
    public Applied {
      values = Map.copyOf(values);
    }
  }

  /** The device is as it was before. */
  record Refused(String reason) implements ControlOutcome {}

  /** The request went out, and what the device does now is unknown or not what was asked for. */
  record Unconfirmed(String reason) implements ControlOutcome {}
}
