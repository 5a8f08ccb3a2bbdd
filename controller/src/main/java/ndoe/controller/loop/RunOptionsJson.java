package ndoe.controller.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;

/** How a run was started, as kept for its resumption. */
final class RunOptionsJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private RunOptionsJson() {}

  static String write(RunOptions options) {
    ObjectNode root =
        MAPPER
            .createObjectNode()
            .put("command", options.command())
            .put("case", options.decidedBy().name())
            .put("dry_run", options.dryRun());
    root.set("settings", MAPPER.valueToTree(options.settings()));
    options.fleetFile().ifPresent(f -> root.put("fleet", f.toAbsolutePath().toString()));
    root.put("days", options.days());
    options.renewEvery().ifPresent(every -> root.put("renew_every", every));
    options.speed().ifPresent(speed -> root.put("speed", speed));
    return root.toString();
  }

  /**
   * Reads them back.
   *
   * @param version of this program
   */
  static RunOptions read(String text, String version) {
    try {
      JsonNode root = MAPPER.readTree(text);
      return new RunOptions(
          root.path("command").asText(),
          version,
          Case.valueOf(root.path("case").asText()),
          MAPPER.treeToValue(root.path("settings"), Settings.class),
          Optional.of(root.path("fleet")).filter(JsonNode::isTextual).map(n -> Path.of(n.asText())),
          root.has("speed")
              ? OptionalDouble.of(root.path("speed").asDouble())
              : OptionalDouble.empty(),
          root.path("dry_run").asBoolean(),
          root.has("renew_every")
              ? OptionalInt.of(root.path("renew_every").asInt())
              : OptionalInt.empty(),
          root.path("days").asInt(1));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new RunFolderException("how the run was started cannot be read: " + e.getMessage());
    }
  }
}
