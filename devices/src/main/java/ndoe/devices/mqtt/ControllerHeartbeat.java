package ndoe.devices.mqtt;

import java.time.Instant;

/**
 * That the controller is alive.
 *
 * @param epoch session of the controller, as in its {@link ControlCommand}s
 * @param seq grows with every heartbeat of an epoch
 * @param leaving whether it is the last one: the controller ends, and another may take its devices
 * @param sentAt on the controller’s clock
 */
public record ControllerHeartbeat(String epoch, long seq, boolean leaving, Instant sentAt) {
  public String toJson() {
    return Payload.write()
        .put("epoch", epoch)
        .put("seq", seq)
        .put("leaving", leaving)
        .put("ts", sentAt.toString())
        .toString();
  }

  /** Throws {@link ndoe.devices.DeviceLinkException} if it is malformed. */
  public static ControllerHeartbeat parse(String json) {
    Payload payload = Payload.read("heartbeat", json);
    return new ControllerHeartbeat(
        payload.text("epoch"),
        payload.count("seq"),
        payload.has("leaving") && payload.flag("leaving"),
        payload.instant("ts"));
  }
}
