package ndoe.controller.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;
import ndoe.feeders.Horizon;
import ndoe.feeders.Scenario;

/** {@code run.json} as it grows with the run; the keys are those {@link RunReader} reads. */
final class RunJson {
  private static final int FORMAT = 1;

  private static final String MISSED = "missed_steps";

  private final ObjectNode root;

  RunJson(Instant startedAt) {
    root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT);
    root.put("status", RunStatus.RUNNING.word());
    root.put("message", "");
    root.put("started_at", startedAt.toString());
  }

  private RunJson(ObjectNode root) {
    this.root = root;
  }

  /** As {@link #text} gave it. */
  static RunJson of(String text) {
    try {
      return new RunJson((ObjectNode) new JsonMapper().readTree(text));
    } catch (JsonProcessingException e) {
      throw new RunFolderException("the run is damaged: " + e.getOriginalMessage());
    }
  }

  RunStatus status() {
    return RunStatus.of(root.path("status").asText());
  }

  OptionalInt exitCode() {
    return root.has("exit_code")
        ? OptionalInt.of(root.path("exit_code").asInt())
        : OptionalInt.empty();
  }

  boolean certified() {
    return root.at("/judgement/certified").asBoolean();
  }

  int missedSteps() {
    return root.path(MISSED).asInt();
  }

  void missed(int steps) {
    root.put(MISSED, missedSteps() + steps);
  }

  void resumed(Instant at) {
    root.withArrayProperty("resumed_at").add(at.toString());
  }

  /** Throws RunFolderException naming what another version made. */
  void requireSame(Versions present, Path folder) {
    Map<String, String> now = named(present);
    now.forEach(
        (name, version) -> {
          String before = root.at("/versions/" + name).asText();
          if (!before.equals(version)) {
            throw new RunFolderException(
                "%s was started with %s %s and this is %s: go on with what it was started with"
                    .formatted(folder, name, before, version));
          }
        });
  }

  private static Map<String, String> named(Versions versions) {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("ndoe", versions.ndoe());
    named.put("java", versions.java());
    named.put("os", versions.os());
    named.put("engine", versions.engine());
    return named;
  }

  void start(RunStart start, String sha256) {
    Scenario scenario = start.scenario();
    root.put("command", start.command());
    root.put("case", start.caseName());
    root.put("seed", start.seed());
    root.put("tolerance_kw", start.toleranceKw());
    root.putObject("scenario")
        .put("name", scenario.name())
        .put("description", scenario.description())
        .put("file", fileName(scenario.file()))
        .put("sha256", sha256)
        .put("currency", scenario.tariff().currency());
    Horizon horizon = scenario.horizon();
    root.putObject("horizon")
        .put("start", horizon.start().toString())
        .put("interval_minutes", horizon.intervalMinutes())
        .put("intervals", horizon.intervals());
    Feeder feeder = scenario.feeder();
    root.putObject("feeder")
        .put("name", feeder.name())
        .put("source_bus", feeder.sourceBus().value())
        .put("nominal_voltage_kv", feeder.nominalVoltageKv())
        .put("source_voltage_pu", feeder.sourceVoltagePu())
        .put("voltage_min_pu", feeder.voltageLimits().minPu())
        .put("voltage_max_pu", feeder.voltageLimits().maxPu());
    ObjectNode points = root.putObject("connection_points");
    for (ConnectionPoint point : scenario.connectionPoints()) {
      points
          .putObject(point.prosumer().value())
          .put("import_capacity_kw", point.importCapacityKw())
          .put("export_capacity_kw", point.exportCapacityKw());
    }
    ObjectNode versions = root.putObject("versions");
    named(start.versions()).forEach(versions::put);
  }

  void agreed(AgreementFacts facts) {
    root.put("rounds", facts.rounds());
    root.put("cycles", facts.cycles());
    root.put("agreed", facts.agreed());
    root.put("feedback_passes", facts.feedbackPasses());
    root.put("shrink_factor", facts.shrinkFactor());
    root.putObject("objective")
        .put("total", facts.totalCost())
        .put("dso", facts.operatorCost())
        .put("prosumers", facts.prosumerCost());
    ObjectNode parts = root.putObject("objective_parts");
    facts.parts().forEach((name, value) -> parts.put(name, value));
    if (!facts.savings().isEmpty()) {
      ObjectNode savings = root.putObject("savings");
      facts.savings().forEach((name, value) -> savings.put(name, value));
    }
    facts.lowerBound().ifPresent(value -> root.put("lower_bound", value));
    facts.gapFraction().ifPresent(value -> root.put("certified_gap_fraction", value));
    root.put("messages", facts.messages());
    root.put("payload_bytes", facts.payloadBytes());
  }

  void judgement(Judgement judgement) {
    ObjectNode node =
        root.putObject("judgement")
            .put("certified", judgement.certified())
            .put("points_tried", judgement.pointsTried())
            .put("violations", judgement.violations());
    judgement.lowestVoltagePu().ifPresent(value -> node.put("lowest_voltage_pu", value));
    judgement.highestVoltagePu().ifPresent(value -> node.put("highest_voltage_pu", value));
    judgement
        .highestLoadingFraction()
        .ifPresent(value -> node.put("highest_loading_fraction", value));
    judgement.randomPoints().ifPresent(value -> node.put("random_points", value));
    judgement.seed().ifPresent(value -> node.put("seed", value));
    node.put("engine", judgement.engine());
  }

  void timing(String phase, Duration took) {
    root.withObjectProperty("timings_seconds")
        .put(phase, BigDecimal.valueOf(took.toNanos(), 9).setScale(3, RoundingMode.HALF_UP));
  }

  void end(RunStatus status, int exitCode, String message, Instant at) {
    root.put("status", status.word());
    root.put("message", message);
    root.put("ended_at", at.toString());
    root.put("exit_code", exitCode);
  }

  String text() {
    return root.toPrettyString() + "\n";
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }
}
