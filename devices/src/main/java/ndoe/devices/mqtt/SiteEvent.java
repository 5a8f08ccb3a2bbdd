package ndoe.devices.mqtt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import ndoe.devices.DeviceId;

/**
 * Something people should know.
 *
 * @param device the one concerned; empty if it is the site
 * @param text one line
 * @param at on the clock of whoever says it
 */
public record SiteEvent(Severity severity, Optional<DeviceId> device, String text, Instant at) {

  /** How much it matters. */
  public enum Severity {
    INFO,
    WARNING,
    ALARM
  }

  public String toJson() {
    ObjectNode node =
        Payload.write().put("ts", at.toString()).put("severity", Payload.nameOf(severity));
    device.ifPresent(id -> node.put("device", id.value()));
    return node.put("text", text).toString();
  }

  /** Throws {@link ndoe.devices.DeviceLinkException} if it is malformed. */
  public static SiteEvent parse(String json) {
    Payload payload = Payload.read("event", json);
    if (payload.has("device") && !DeviceId.isAllowed(payload.text("device"))) {
      throw payload.unfit("device", "must be " + DeviceId.ALLOWED);
    }
    return new SiteEvent(
        payload.oneOf("severity", Severity.class),
        payload.optionalText("device").map(DeviceId::new),
        payload.text("text"),
        payload.instant("ts"));
  }
}
