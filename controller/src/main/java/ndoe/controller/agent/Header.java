package ndoe.controller.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import ndoe.devices.mqtt.Payload;

/**
 * What every message begins with.
 *
 * @param epoch of the negotiation; another one begins anew
 * @param number of the command, growing; an answer has that of its command
 * @param after number of the command that has to be acted on before this one, 0 for none; an answer
 *     has that of its command
 * @param parameters SHA-256 of what both sides have in common
 */
record Header(String epoch, long number, long after, String parameters) {

  /** Longest message, characters. */
  static final int MOST_CHARACTERS = 60_000;

  private static final Set<String> OWN_KEYS = Set.of("v", "epoch", "number", "after", "parameters");

  ObjectNode write() {
    return Payload.write()
        .put("epoch", epoch)
        .put("number", number)
        .put("after", after)
        .put("parameters", parameters);
  }

  /** Refuses keys that no message of a kind has, so that nothing is told by mistake. */
  static void refuseOthers(Payload payload, Set<String> allowed) {
    for (String key : payload.keys()) {
      if (!OWN_KEYS.contains(key) && !allowed.contains(key)) {
        throw payload.unfit(key, "is not a key of this message");
      }
    }
  }

  static Header read(Payload payload) {
    return new Header(
        payload.text("epoch"),
        payload.count("number"),
        payload.count("after"),
        payload.text("parameters"));
  }
}
