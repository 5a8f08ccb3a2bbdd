package ndoe.devices.mqtt;

import java.time.Instant;

/**
 * Whether all devices of a site are stopped. It is retained, so that a gateway that starts later
 * knows, and holds until somebody says otherwise. It adds to a hard-wired stop and never replaces
 * one.
 *
 * @param by who engaged or reset it
 * @param since on the clock of whoever said it
 */
public record EmergencyStop(boolean engaged, String by, String reason, Instant since) {
  public String toJson() {
    return Payload.write()
        .put("engaged", engaged)
        .put("by", by)
        .put("reason", reason)
        .put("ts", since.toString())
        .toString();
  }

  /** Throws {@link ndoe.devices.DeviceLinkException} if it is malformed. */
  public static EmergencyStop parse(String json) {
    Payload payload = Payload.read("estop", json);
    return new EmergencyStop(
        payload.flag("engaged"), payload.text("by"), payload.text("reason"), payload.instant("ts"));
  }
}
