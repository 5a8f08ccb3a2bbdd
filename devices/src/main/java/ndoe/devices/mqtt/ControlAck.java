package ndoe.devices.mqtt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What became of a {@link ControlCommand}.
 *
 * @param id of the command, if it could be read
 * @param seq of the command, if it could be read
 * @param answeredAt on the gateway’s clock
 * @param reason why, unless applied; at most 200 characters
 * @param generationLimitW read back from the device, W
 * @param powerW read back from the device, W, injection positive
 * @param verifiedAt time of the reading back, on the gateway’s clock
 */
public record ControlAck(
    Optional<String> id,
    OptionalLong seq,
    Instant answeredAt,
    Status status,
    Optional<String> reason,
    OptionalDouble generationLimitW,
    OptionalDouble powerW,
    Optional<Instant> verifiedAt) {
  private static final int MAX_REASON = 200;

  /** How far a command came. */
  public enum Status {
    /** Written and read back. */
    APPLIED,
    /** Nothing was written. */
    REJECTED,
    /** Some of it was written. */
    PARTIAL,
    /** The device may or may not have taken it. */
    FAILED
  }

  public ControlAck {
    reason = reason.map(ControlAck::sendable);
  }

  /** The beginning, with a ? for half a surrogate pair, such as the cut may leave. */
  private static String sendable(String text) {
    String beginning = text.substring(0, Math.min(text.length(), MAX_REASON));
    return new String(beginning.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Nothing was written. */
  public static ControlAck rejected(
      Optional<String> id, OptionalLong seq, Instant at, String reason) {
    return new ControlAck(
        id,
        seq,
        at,
        Status.REJECTED,
        Optional.of(reason),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty());
  }

  /** Something broke after the command was let through; the device may or may not have taken it. */
  public static ControlAck failed(ControlCommand command, Instant at, String reason) {
    return new ControlAck(
        Optional.of(command.id()),
        OptionalLong.of(command.seq()),
        at,
        Status.FAILED,
        Optional.of(reason),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty());
  }

  /** Written and read back. */
  public static ControlAck applied(
      ControlCommand command, Instant at, OptionalDouble generationLimitW, OptionalDouble powerW) {
    return new ControlAck(
        Optional.of(command.id()),
        OptionalLong.of(command.seq()),
        at,
        Status.APPLIED,
        Optional.empty(),
        generationLimitW,
        powerW,
        Optional.of(at));
  }

  public String toJson() {
    ObjectNode node = Payload.write();
    id.ifPresent(value -> node.put("id", value));
    seq.ifPresent(value -> node.put("seq", value));
    node.put("ts", answeredAt.toString()).put("status", Payload.nameOf(status));
    reason.ifPresent(value -> node.put("reason", value));
    ObjectNode applied = node.objectNode();
    generationLimitW.ifPresent(value -> applied.put(ControlCommand.GENERATION_LIMIT, value));
    powerW.ifPresent(value -> applied.put(ControlCommand.POWER, value));
    if (!applied.isEmpty()) {
      node.set("applied", applied);
    }
    verifiedAt.ifPresent(value -> node.put("verifiedTs", value.toString()));
    return node.toString();
  }

  /** Throws {@link ndoe.devices.DeviceLinkException} if it is malformed. */
  public static ControlAck parse(String json) {
    Payload payload = Payload.read("acknowledgement", json);
    Optional<Payload> applied =
        payload.has("applied") ? Optional.of(payload.object("applied")) : Optional.empty();
    return new ControlAck(
        payload.optionalText("id"),
        payload.has("seq") ? OptionalLong.of(payload.count("seq")) : OptionalLong.empty(),
        payload.instant("ts"),
        payload.oneOf("status", Status.class),
        payload.optionalProse("reason"),
        applied
            .map(a -> a.optionalNumber(ControlCommand.GENERATION_LIMIT))
            .orElse(OptionalDouble.empty()),
        applied.map(a -> a.optionalNumber(ControlCommand.POWER)).orElse(OptionalDouble.empty()),
        payload.optionalInstant("verifiedTs"));
  }
}
