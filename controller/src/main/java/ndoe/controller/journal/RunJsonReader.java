package ndoe.controller.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import ndoe.feeders.Horizon;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.VoltageLimits;

/** Reads {@code run.json}; what a run writes later may be missing, what it starts with may not. */
final class RunJsonReader {
  private final Path file;
  private final JsonNode root;

  private RunJsonReader(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  static RunRecord read(Path file) {
    try {
      return new RunJsonReader(file, new JsonMapper().readTree(Files.readString(file))).run();
    } catch (NoSuchFileException e) {
      throw new RunFolderException(
          file.getParent() + " is not a run folder: it has no " + file.getFileName());
    } catch (IOException e) {
      throw RunFolderException.reading(file, e);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new RunFolderException(file + ": " + e.getMessage());
    }
  }

  /** The day of a run whose {@code run.json} has this text. */
  static Horizon horizon(String text) {
    Path file = Path.of(RunFile.RUN.fileName());
    try {
      return new RunJsonReader(file, new JsonMapper().readTree(text)).horizon();
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw new RunFolderException(file + ": " + e.getMessage());
    }
  }

  private RunRecord run() {
    return new RunRecord(
        RunStatus.of(needed("/status").asText()),
        whole(root.at("/exit_code")),
        root.at("/message").asText(),
        Instant.parse(needed("/started_at").asText()),
        Optional.of(root.at("/ended_at").asText())
            .filter(text -> !text.isEmpty())
            .map(Instant::parse),
        needed("/command").asText(),
        needed("/case").asText(),
        needed("/seed").asLong(),
        number(root.at("/tolerance_kw")),
        scenario(),
        feeder(),
        capacities(root.at("/connection_points")),
        new Versions(
            root.at("/versions/ndoe").asText(),
            root.at("/versions/java").asText(),
            root.at("/versions/os").asText(),
            root.at("/versions/engine").asText()),
        agreed(),
        Optional.of(root.at("/judgement")).filter(JsonNode::isObject).map(RunJsonReader::judgement),
        numbers(root.at("/timings_seconds")));
  }

  private Optional<AgreementFacts> agreed() {
    if (!root.has("agreed")) {
      return Optional.empty();
    }
    return Optional.of(
        new AgreementFacts(
            root.at("/objective/dso").asDouble(),
            root.at("/objective/prosumers").asDouble(),
            numbers(root.at("/objective_parts")),
            numbers(root.at("/savings")),
            root.at("/agreed").asBoolean(),
            root.at("/rounds").asInt(),
            root.at("/cycles").asInt(),
            root.at("/feedback_passes").asInt(),
            root.at("/shrink_factor").asDouble(),
            number(root.at("/lower_bound")),
            number(root.at("/certified_gap_fraction")),
            root.at("/messages").asLong(),
            root.at("/payload_bytes").asLong()));
  }

  private RunRecord.ScenarioFacts scenario() {
    return new RunRecord.ScenarioFacts(
        needed("/scenario/name").asText(),
        root.at("/scenario/description").asText(),
        root.at("/scenario/file").asText(),
        root.at("/scenario/sha256").asText(),
        root.at("/scenario/currency").asText(),
        horizon());
  }

  private Horizon horizon() {
    return new Horizon(
        LocalDateTime.parse(needed("/horizon/start").asText()),
        needed("/horizon/interval_minutes").asInt(),
        needed("/horizon/intervals").asInt());
  }

  private RunRecord.FeederFacts feeder() {
    return new RunRecord.FeederFacts(
        root.at("/feeder/name").asText(),
        needed("/feeder/source_bus").asText(),
        needed("/feeder/nominal_voltage_kv").asDouble(),
        needed("/feeder/source_voltage_pu").asDouble(),
        new VoltageLimits(
            needed("/feeder/voltage_min_pu").asDouble(),
            needed("/feeder/voltage_max_pu").asDouble()));
  }

  private static Map<ProsumerId, Double> capacities(JsonNode node) {
    Map<ProsumerId, Double> capacities = new LinkedHashMap<>();
    node.properties()
        .forEach(
            point ->
                capacities.put(
                    new ProsumerId(point.getKey()),
                    point.getValue().path("import_capacity_kw").asDouble()
                        + point.getValue().path("export_capacity_kw").asDouble()));
    return capacities;
  }

  private static Judgement judgement(JsonNode node) {
    return new Judgement(
        node.path("certified").asBoolean(),
        node.path("points_tried").asLong(),
        node.path("violations").asInt(),
        number(node.path("lowest_voltage_pu")),
        number(node.path("highest_voltage_pu")),
        number(node.path("highest_loading_fraction")),
        whole(node.path("random_points")),
        node.has("seed") ? OptionalLong.of(node.path("seed").asLong()) : OptionalLong.empty(),
        node.path("engine").asText());
  }

  private JsonNode needed(String pointer) {
    JsonNode node = root.at(pointer);
    if (!node.isValueNode()) {
      throw new RunFolderException(file + ": " + pointer.substring(1) + " is missing");
    }
    return node;
  }

  private static OptionalInt whole(JsonNode node) {
    return node.isNumber() ? OptionalInt.of(node.asInt()) : OptionalInt.empty();
  }

  private static OptionalDouble number(JsonNode node) {
    return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
  }

  private static Map<String, Double> numbers(JsonNode node) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    node.properties().forEach(entry -> numbers.put(entry.getKey(), entry.getValue().asDouble()));
    return numbers;
  }
}
