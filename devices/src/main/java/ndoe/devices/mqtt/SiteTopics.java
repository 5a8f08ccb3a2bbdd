package ndoe.devices.mqtt;

/**
 * The topics all devices of a site share: {@code hil/v1/{site}/…}.
 *
 * @param site 1 to 64 of a-z 0-9 _ -
 */
public record SiteTopics(String site) {
  public SiteTopics {
    if (!site.matches("[a-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("site must be 1 to 64 of a-z 0-9 _ -: \"" + site + "\"");
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
