package ndoe.devices.mqtt;

import ndoe.devices.DeviceId;

/**
 * The topics all devices of a site share: {@code hil/v1/{site}/…}.
 *
 * @param site 1 to 64 of a-z 0-9 _ -
 */
public record SiteTopics(String site) {
  public SiteTopics {
    if (!DeviceId.isAllowed(site)) {
      throw new IllegalArgumentException("site must be " + DeviceId.ALLOWED + ": \"" + site + "\"");
    }
  }

  /** {@link ControllerHeartbeat}, controller to gateways, QoS 0. */
  public String heartbeat() {
    return "hil/v1/" + site + "/controller/heartbeat";
  }

  /** {@link EmergencyStop}, anyone trusted to gateways, QoS 1, retained. */
  public String emergencyStop() {
    return "hil/v1/" + site + "/estop";
  }

  /** {@link SiteEvent}, QoS 1. */
  public String event() {
    return "hil/v1/" + site + "/event";
  }
}
