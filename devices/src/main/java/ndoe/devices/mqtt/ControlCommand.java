package ndoe.devices.mqtt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a controller asks of one device.
 *
 * @param id returned with the acknowledgement
 * @param epoch session of the controller; {@code seq} starts anew with it
 * @param seq grows with every command of an epoch
 * @param sentAt on the controller’s clock
 * @param valid how old the command may be on arrival and how long it holds, whole milliseconds
 * @param reversion time after which the device itself falls back, whole milliseconds
 * @param generationLimitW {@code opModGenLimW}, W ≥ 0
 * @param powerW {@code pSetW}, W, injection positive
 */
public record ControlCommand(
    String id,
    String epoch,
    long seq,
    Instant sentAt,
    Duration valid,
    Duration reversion,
    Ask generationLimitW,
    Ask powerW) {
  static final String GENERATION_LIMIT = "opModGenLimW";
  static final String POWER = "pSetW";

  /** Keys of the format that say something about a control, in use or reserved. */
  static final Set<String> CONTROLS =
      Set.of(
          GENERATION_LIMIT,
          POWER,
          "opModExpLimW",
          "opModImpLimW",
          "opModLoadLimW",
          "qSetVar",
          "pfSet",
          "connect",
          "rampPctS");

  private static final Set<String> FRAME =
      Set.of("v", "id", "epoch", "seq", "ts", "validS", "rvrtS");
  private static final double LONGEST_S = 86_400;

  /** What to do with one control of a device. */
  public sealed interface Ask {

    /** As it is. */
    record Unchanged() implements Ask {}

    /** Back to no control. */
    record Release() implements Ask {}

    /** This many watts. */
    record Watts(double value) implements Ask {}
  }

  public String toJson() {
    ObjectNode node =
        Payload.write()
            .put("id", id)
            .put("epoch", epoch)
            .put("seq", seq)
            .put("ts", sentAt.toString())
            .put("validS", valid.toMillis() / 1000.0)
            .put("rvrtS", reversion.toMillis() / 1000.0);
    put(node, GENERATION_LIMIT, generationLimitW);
    put(node, POWER, powerW);
    return node.toString();
  }

  /**
   * Reads what {@link #toJson()} and other controllers write.
   *
   * @throws ndoe.devices.DeviceLinkException if it is malformed, of another version, has unknown
   *     keys, or asks for what only other devices know
   */
  public static ControlCommand parse(String json) {
    Payload payload = Payload.read("command", json);
    Set<String> unknown = payload.keys();
    unknown.removeAll(FRAME);
    unknown.removeAll(CONTROLS);
    if (!unknown.isEmpty()) {
      throw payload.unfit(unknown.iterator().next(), "is not known");
    }
    refuseConflict(payload);
    Set<String> reserved = new TreeSet<>(payload.keys());
    reserved.retainAll(CONTROLS);
    reserved.remove(GENERATION_LIMIT);
    reserved.remove(POWER);
    if (!reserved.isEmpty()) {
      throw payload.unfit(reserved.iterator().next(), "is not supported by this device");
    }
    Duration valid = seconds(payload, "validS");
    return new ControlCommand(
        payload.text("id"),
        payload.text("epoch"),
        payload.count("seq"),
        payload.instant("ts"),
        valid,
        payload.has("rvrtS") ? seconds(payload, "rvrtS") : valid,
        ask(payload, GENERATION_LIMIT),
        ask(payload, POWER));
  }

  private static void refuseConflict(Payload payload) {
    if (payload.has("connect")
        && !payload.isNull("connect")
        && !payload.flag("connect")
        && payload.has(POWER)
        && !payload.isNull(POWER)) {
      throw payload.unfit(POWER, "contradicts connect=false");
    }
  }

  private static Duration seconds(Payload payload, String key) {
    double seconds = payload.number(key);
    long millis = Math.round(seconds * 1000);
    if (millis < 1 || seconds > LONGEST_S) {
      throw payload.unfit(key, "must be from 0.001 to " + LONGEST_S + " s");
    }
    return Duration.ofMillis(millis);
  }

  private static Ask ask(Payload payload, String key) {
    if (!payload.has(key)) {
      return new Ask.Unchanged();
    }
    return payload.isNull(key) ? new Ask.Release() : new Ask.Watts(payload.number(key));
  }

  private static void put(ObjectNode node, String key, Ask ask) {
    if (ask instanceof Ask.Release) {
      node.putNull(key);
    } else if (ask instanceof Ask.Watts watts) {
      node.put(key, watts.value());
    }
  }
}
