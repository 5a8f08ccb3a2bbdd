package ndoe.devices.mqtt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the device’s gateway is there.
 *
 * @param since on the gateway’s clock; unknown in a last will
 */
public record DeviceState(boolean online, Optional<Instant> since) {

  /** What the broker says when the gateway is gone. */
  public static DeviceState lastWill() {
    return new DeviceState(false, Optional.empty());
  }

  public String toJson() {
    ObjectNode node = Payload.write().put("online", online);
    since.ifPresent(time -> node.put("ts", time.toString()));
    return node.toString();
  }

  /** Throws {@link ndoe.devices.DeviceLinkException} if it is malformed. */
  public static DeviceState parse(String json) {
    Payload payload = Payload.read("state", json);
    return new DeviceState(payload.flag("online"), payload.optionalInstant("ts"));
  }
}
