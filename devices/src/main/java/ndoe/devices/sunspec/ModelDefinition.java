package ndoe.devices.sunspec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import ndoe.devices.sunspec.GroupDefinition.Repeat;

/** An information model as the SunSpec Alliance publishes it. */
record ModelDefinition(int id, GroupDefinition group) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Integer, ModelDefinition> LOADED = new ConcurrentHashMap<>();

  /** One of the definitions that are shipped. */
  static ModelDefinition of(int id) {
    return LOADED.computeIfAbsent(id, ModelDefinition::load);
  }

  static ModelDefinition parse(InputStream json) throws IOException {
    JsonNode root = JSON.readTree(json);
    return new ModelDefinition(root.required("id").asInt(), group(root.required("group")));
  }

  private static ModelDefinition load(int id) {
    try (InputStream json = ModelDefinition.class.getResourceAsStream("model_" + id + ".json")) {
      if (json == null) {
        throw new IllegalArgumentException("SunSpec model " + id + " is not shipped");
      }
      return parse(json);
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
        node.required("name").asText(), repeat(node.path("count")), points, groups);
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
    return new PointDefinition(
        node.required("name").asText(),
        PointType.named(node.required("type").asText()),
        node.required("size").asInt(),
        Optional.ofNullable(node.get("sf")).map(JsonNode::asText),
        "RW".equals(node.path("access").asText()));
  }
}
