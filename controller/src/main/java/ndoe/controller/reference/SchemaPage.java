package ndoe.controller.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Every key of a file, told from the JSON schema of the file. */
final class SchemaPage {
  private final JsonNode schema;
  private final StringBuilder text = new StringBuilder();

  private SchemaPage(JsonNode schema) {
    this.schema = schema;
  }

  /**
   * A section in Markdown.
   *
   * @param heading with its marks
   */
  static String of(String heading, JsonNode schema) {
    SchemaPage page = new SchemaPage(schema);
    page.text.append(heading).append("\n\n");
    page.text.append(schema.path("description").asText()).append("\n\n");
    page.text.append("| key | allowed | default | meaning |\n|---|---|---|---|\n");
    page.properties("", schema);
    return page.text.toString();
  }

  private void properties(String path, JsonNode object) {
    Set<String> required = texts(object.path("required"));
    for (Map.Entry<String, JsonNode> property : object.path("properties").properties()) {
      JsonNode own = property.getValue();
      JsonNode value = merged(own);
      String key = path + property.getKey();
      String condition = conditionOf(property.getKey(), object);
      String needed =
          required.contains(property.getKey())
              ? "needed"
              : condition.isEmpty() ? "" : "needed " + condition;
      row(key, value, needed);
      children(key, value);
    }
    JsonNode others = object.path("additionalProperties");
    if (others.isObject()) {
      row(path + "NAME", merged(others), "");
    }
  }

  private void children(String key, JsonNode value) {
    properties(key + ".", value);
    if (value.path("items").isObject()) {
      JsonNode item = merged(value.path("items"));
      if (item.has("properties")) {
        properties(key + "[].", item);
      }
    }
    for (JsonNode choice : value.path("oneOf")) {
      JsonNode item = merged(choice.path("items"));
      if (item.has("properties")) {
        properties(key + "[].", item);
      }
    }
  }

  private void row(String key, JsonNode value, String needed) {
    String fallback =
        value.has("default") ? "`" + Cell.of(value.path("default").toString()) + "`" : needed;
    text.append(
        "| `%s` | %s | %s | %s |\n"
            .formatted(
                key,
                Cell.of(allowed(value)),
                fallback,
                Cell.of(value.path("description").asText())));
  }

  /** When a key is needed that is not always, as {@code unless model is opendss}. */
  private static String conditionOf(String key, JsonNode object) {
    List<JsonNode> conditionals = new ArrayList<>();
    conditionals.add(object);
    object.path("allOf").forEach(conditionals::add);
    for (JsonNode conditional : conditionals) {
      String when =
          conditional.path("if").path("properties").properties().stream()
              .map(entry -> entry.getKey() + " is " + values(entry.getValue()))
              .collect(Collectors.joining(" and "));
      if (texts(conditional.path("then").path("required")).contains(key)) {
        return "where " + when;
      }
      if (texts(conditional.path("else").path("required")).contains(key)) {
        return "unless " + when;
      }
    }
    return "";
  }

  private static String values(JsonNode value) {
    return value.has("const")
        ? value.path("const").asText()
        : String.join(" or ", texts(value.path("enum")).stream().sorted().toList());
  }

  /** What a value may be, in a few words. */
  private String allowed(JsonNode value) {
    if (value.has("const")) {
      return value.path("const").toString();
    }
    if (value.has("enum")) {
      return stream(value.path("enum")).map(JsonNode::asText).collect(Collectors.joining(" | "));
    }
    if (value.has("oneOf") && !value.has("properties")) {
      return stream(value.path("oneOf"))
          .map(choice -> allowed(merged(choice)))
          .distinct()
          .collect(Collectors.joining(", or "));
    }
    String type =
        value.path("type").isArray()
            ? stream(value.path("type")).map(JsonNode::asText).collect(Collectors.joining(" or "))
            : value.path("type").asText();
    return switch (type) {
      case "object" -> "a mapping";
      case "array" -> "a list of " + plural(merged(value.path("items")));
      case "boolean" -> "true | false";
      case "integer" -> "a whole number" + range(value);
      case "number" -> "a number" + range(value);
      case "string", "string or integer" -> "a text";
      default -> type;
    };
  }

  private String plural(JsonNode item) {
    String allowed = allowed(item);
    return switch (allowed) {
      case "a mapping" -> "mappings";
      case "a text" -> "texts";
      default -> allowed.startsWith("a list") ? "lists" : allowed;
    };
  }

  private static String range(JsonNode value) {
    List<String> limits = new ArrayList<>();
    limit(value, "exclusiveMinimum", ">").ifPresent(limits::add);
    limit(value, "minimum", "≥").ifPresent(limits::add);
    limit(value, "exclusiveMaximum", "<").ifPresent(limits::add);
    limit(value, "maximum", "≤").ifPresent(limits::add);
    return limits.isEmpty() ? "" : " " + String.join(" and ", limits);
  }

  private static Optional<String> limit(JsonNode value, String key, String sign) {
    return value.has(key)
        ? Optional.of(
            sign + " " + value.path(key).decimalValue().stripTrailingZeros().toPlainString())
        : Optional.empty();
  }

  /** A value with what it refers to, its own keys first. */
  private JsonNode merged(JsonNode value) {
    if (!value.has("$ref")) {
      return value;
    }
    JsonNode known = schema.at(value.path("$ref").asText().substring(1));
    if (known instanceof MissingNode) {
      throw new IllegalStateException("the schema has no " + value.path("$ref").asText());
    }
    ObjectNode both = known.deepCopy();
    for (Map.Entry<String, JsonNode> own : value.properties()) {
      if (own.getKey().equals("properties")) {
        ObjectNode all = own.getValue().deepCopy();
        known
            .path("properties")
            .properties()
            .forEach(p -> all.putIfAbsent(p.getKey(), p.getValue()));
        both.set("properties", all);
      } else {
        both.set(own.getKey(), own.getValue());
      }
    }
    return both;
  }

  private static Set<String> texts(JsonNode list) {
    return stream(list).map(JsonNode::asText).collect(Collectors.toCollection(HashSet::new));
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
