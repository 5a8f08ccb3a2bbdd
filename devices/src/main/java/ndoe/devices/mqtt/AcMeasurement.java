package ndoe.devices.mqtt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A reading at the terminals.
 *
 * @param seq number of the reading, shared with its {@link StorageMeasurement}
 * @param readAt when the device was read, on the gateway’s clock
 * @param activePowerW injection positive
 * @param reactivePowerVar injection positive
 * @param phaseVoltagesV phase to neutral; may be empty
 * @param poll the {@link MeasurementPoll} it answers, if any
 */
public record AcMeasurement(
    long seq,
    Instant readAt,
    Quality quality,
    double activePowerW,
    double reactivePowerVar,
    List<Double> phaseVoltagesV,
    Optional<String> poll) {
  public AcMeasurement {
    phaseVoltagesV = List.copyOf(phaseVoltagesV);
  }

  /** Whether the gateway trusts its reading. */
  public enum Quality {
    GOOD,
    STALE,
    BAD
  }

  public String toJson() {
    ObjectNode node =
        Payload.write()
            .put("seq", seq)
            .put("ts", readAt.toString())
            .put("quality", Payload.nameOf(quality))
            .put("pW", activePowerW)
            .put("qVar", reactivePowerVar);
    ArrayNode voltages = node.putArray("vV");
    phaseVoltagesV.forEach(voltages::add);
    poll.ifPresent(id -> node.put("poll", id));
    return node.toString();
  }

  /** Throws {@link ndoe.devices.DeviceLinkException} if it is malformed. */
  public static AcMeasurement parse(String json) {
    Payload payload = Payload.read("meas/ac", json);
    return new AcMeasurement(
        payload.count("seq"),
        payload.instant("ts"),
        payload.oneOf("quality", Quality.class),
        payload.number("pW"),
        payload.has("qVar") ? payload.number("qVar") : 0,
        payload.phases("vV"),
        payload.optionalText("poll"));
  }
}
