package ndoe.devices.mqtt;

/**
 * Asks a gateway to read its device now.
 *
 * @param id returned as {@code poll} with the {@link AcMeasurement}
 */
public record MeasurementPoll(String id) {
  public String toJson() {
    return Payload.write().put("id", id).toString();
  }

  /** Throws {@link ndoe.devices.DeviceLinkException} if it is malformed. */
  public static MeasurementPoll parse(String json) {
    return new MeasurementPoll(Payload.read("poll", json).text("id"));
  }
}
