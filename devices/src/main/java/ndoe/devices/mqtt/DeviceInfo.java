package ndoe.devices.mqtt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * Nameplate of a device, as its gateway tells it.
 *
 * @param generationRatingW largest injection, W ≥ 0
 * @param loadRatingW largest draw, W ≥ 0
 * @param capacityWh of a storage, else 0
 * @param nominalVoltageV phase to neutral; 0 if voltages are not measured
 * @param reversionW limit (generator) or power (storage) the device falls back to, W
 * @param controls keys of {@link ControlCommand} the device follows
 * @param polls whether the gateway answers a {@link MeasurementPoll}
 */
public record DeviceInfo(
    Kind kind,
    String model,
    double generationRatingW,
    double loadRatingW,
    double capacityWh,
    double nominalVoltageV,
    double reversionW,
    Set<String> controls,
    boolean polls) {

  public DeviceInfo {
    controls = Set.copyOf(controls);
  }

  /** What the device does with power. */
  public enum Kind {
    GENERATOR,
    STORAGE,
    LOAD;

    /** The controls such a device has at least. */
    public Set<String> controls() {
      return switch (this) {
        case GENERATOR -> Set.of(ControlCommand.GENERATION_LIMIT);
        case STORAGE -> Set.of(ControlCommand.POWER);
        case LOAD -> Set.of();
      };
    }
  }

  public String toJson() {
    var node =
        Payload.write()
            .put("kind", Payload.nameOf(kind))
            .put("model", model)
            .put("genRatingW", generationRatingW)
            .put("loadRatingW", loadRatingW)
            .put("capacityWh", capacityWh)
            .put("vNomV", nominalVoltageV)
            .put("reversionW", reversionW);
    ArrayNode names = node.putArray("controls");
    new TreeSet<>(controls).forEach(names::add);
    return node.put("poll", polls).toString();
  }

  /** Throws {@link ndoe.devices.DeviceLinkException} if it is malformed. */
  public static DeviceInfo parse(String json) {
    Payload payload = Payload.read("info", json);
    return new DeviceInfo(
        payload.oneOf("kind", Kind.class),
        payload.text("model"),
        payload.nonNegative("genRatingW"),
        payload.nonNegative("loadRatingW"),
        payload.nonNegative("capacityWh"),
        payload.nonNegative("vNomV"),
        payload.number("reversionW"),
        payload.texts("controls"),
        payload.flag("poll"));
  }
}
