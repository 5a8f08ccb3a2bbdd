package ndoe.devices.sunspec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import ndoe.devices.sunspec.GroupDefinition.Repeat;

/**
 * An information model as the SunSpec Alliance publishes it.
 *
 * @param label what the definition calls it for people
 */
record ModelDefinition(int id, String label, GroupDefinition group) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Integer, Optional<ModelDefinition>> LOADED = new ConcurrentHashMap<>();

  /**
   * One of the definitions that are shipped.
   *
   * @throws IllegalArgumentException when there is none with this id
   */
  static ModelDefinition of(int id) {
    return find(id)
        .orElseThrow(() -> new IllegalArgumentException("SunSpec model " + id + " is not shipped"));
  }

  /** One of the definitions that are shipped, or empty; devices also have models of their own. */
  static Optional<ModelDefinition> find(int id) {
    return LOADED.computeIfAbsent(id, ModelDefinition::load);
  }

  static ModelDefinition parse(InputStream json) throws IOException {
    JsonNode root = JSON.readTree(json);
    JsonNode group = root.required("group");
    String label = group.path("label").asText(group.required("name").asText());
    return new ModelDefinition(root.required("id").asInt(), label.strip(), group(group));
  }

  private static Optional<ModelDefinition> load(int id) {
    try (InputStream json = ModelDefinition.class.getResourceAsStream("model_" + id + ".json")) {
      return json == null ? Optional.empty() : Optional.of(parse(json));
    } catch (IOException e) {
      throw new UncheckedIOException("SunSpec model " + id + " cannot be read", e);
    }
  }

  private static GroupDefinition group(JsonNode node) {
    List<PointDefinition> points = new ArrayList<>();
    node.path("points").forEach(point -> points.add(point(point)));
    List<GroupDefinition> groups = new ArrayList<>();
    node.path("groups").forEach(group -> groups.add(group(group)));
    return new GroupDefinition(
        node.required("name").asText(),
        repeat(node.path("count")),
        "sync".equals(node.path("type").asText()),
        points,
        groups);
  }

  private static Repeat repeat(JsonNode count) {
    if (count.isMissingNode()) {
      return new Repeat.Once();
    }
    if (count.isTextual()) {
      return new Repeat.CountedBy(count.asText());
    }
    return count.asInt() == 0 ? new Repeat.ToTheEnd() : new Repeat.Times(count.asInt());
  }

  private static PointDefinition point(JsonNode node) {
    String name = node.required("name").asText();
    Map<Long, String> symbols = new LinkedHashMap<>();
    node.path("symbols")
        .forEach(one -> symbols.put(one.required("value").asLong(), one.required("name").asText()));
    return new PointDefinition(
        name,
        PointType.named(node.required("type").asText()),
        node.required("size").asInt(),
        Optional.ofNullable(node.get("sf")).map(JsonNode::asText),
        "RW".equals(node.path("access").asText()),
        node.path("label").asText(name).strip(),
        node.path("units").asText("").strip(),
        symbols);
  }
}
