package ndoe.controller.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The schema of negotiation messages in the lab set-up, one definition at a time. */
final class NegotiationSchema {
  private static final Path SCHEMA = Path.of("../lab-setup/mqtt/negotiation.schema.json");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private NegotiationSchema() {}

  /** What is wrong with a message, by its topic; empty if nothing. */
  static List<String> problems(String topic, String payload) {
    String kind = AgentTopics.kindOf(topic);
    try {
      ObjectNode whole = (ObjectNode) MAPPER.readTree(SCHEMA.toFile());
      whole.remove("anyOf");
      whole.put("$ref", "#/$defs/" + (kind.equals("terms") ? "terms-message" : kind));
      return JsonSchemaFactory.getInstance(VersionFlag.V202012)
          .getSchema(whole)
          .validate(MAPPER.readTree(payload))
          .stream()
          .map(ValidationMessage::getMessage)
          .sorted()
          .toList();
    } catch (JsonProcessingException e) {
      return List.of(e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
