package ndoe.devices.mqtt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The schema of the lab set-up, one definition at a time. */
public final class PublishedSchema {
  private static final Path SCHEMA = Path.of("../lab-setup/mqtt/payloads.schema.json");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, JsonSchema> definitions = new ConcurrentHashMap<>();

  /** What is wrong with a payload; empty if nothing. */
  public List<String> problems(String definition, String payload) {
    try {
      Set<ValidationMessage> found =
          definitions
              .computeIfAbsent(definition, PublishedSchema::read)
              .validate(MAPPER.readTree(payload));
      return found.stream().map(ValidationMessage::getMessage).sorted().toList();
    } catch (JsonProcessingException e) {
      return List.of(e.getOriginalMessage());
    }
  }

  /** What is wrong with a message, by its topic; an erased retained one is never wrong. */
  public List<String> problems(MqttMessage message) {
    if (message.payload().isEmpty()) {
      return List.of();
    }
    String[] levels = message.topic().split("/");
    return problems(levels[levels.length - 1], message.payload());
  }

  private static JsonSchema read(String definition) {
    try {
      ObjectNode whole = (ObjectNode) MAPPER.readTree(SCHEMA.toFile());
      if (!whole.get("$defs").has(definition)) {
        throw new IllegalArgumentException("the schema has no " + definition);
      }
      whole.remove("anyOf");
      whole.put("$ref", "#/$defs/" + definition);
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
