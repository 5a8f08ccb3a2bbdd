package ndoe.devices.mqtt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * A reading of a storage.
 *
 * @param seq number of the reading, shared with its {@link AcMeasurement}
 * @param readAt when the device was read, on the gateway’s clock
 * @param socPercent state of charge, 0 to 100
 * @param availableWh stored energy, if known
 */
public record StorageMeasurement(
    long seq, Instant readAt, double socPercent, OptionalDouble availableWh) {

  public String toJson() {
    ObjectNode node =
        Payload.write().put("seq", seq).put("ts", readAt.toString()).put("socPct", socPercent);
    availableWh.ifPresent(wh -> node.put("availWh", wh));
    return node.toString();
  }

  /** Throws {@link ndoe.devices.DeviceLinkException} if it is malformed. */
  public static StorageMeasurement parse(String json) {
    Payload payload = Payload.read("meas/storage", json);
    double soc = payload.nonNegative("socPct");
    if (soc > 100) {
      throw payload.unfit("socPct", "must be at most 100");
    }
    return new StorageMeasurement(
        payload.count("seq"), payload.instant("ts"), soc, payload.optionalNumber("availWh"));
  }
}
