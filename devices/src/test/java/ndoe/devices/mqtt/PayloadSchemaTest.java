package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.ControlCommand.Ask;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the code agree. */
class PayloadSchemaTest {
  private static final Instant AT = Instant.parse("2026-11-22T14:35:19.806Z");
  private static final String FRAME =
      "\"v\":1,\"id\":\"c\",\"epoch\":\"e\",\"seq\":1,\"ts\":\"" + AT + "\",\"validS\":30";

  private static final Map<String, Consumer<String>> READERS =
      Map.of(
          "control", ControlCommand::parse,
          "ack", ControlAck::parse,
          "poll", MeasurementPoll::parse,
          "ac", AcMeasurement::parse,
          "storage", StorageMeasurement::parse,
          "state", DeviceState::parse,
          "info", DeviceInfo::parse,
          "heartbeat", ControllerHeartbeat::parse,
          "estop", EmergencyStop::parse,
          "event", SiteEvent::parse);

  /** Fit for no key. */
  private static final List<JsonNode> ODD =
      List.of(
          JsonNodeFactory.instance.nullNode(),
          JsonNodeFactory.instance.objectNode(),
          JsonNodeFactory.instance.textNode(""),
          JsonNodeFactory.instance.textNode("x".repeat(129)));

  private static final Path EXAMPLES = Path.of("../lab-setup/mqtt/examples");

  private final PublishedSchema schema = new PublishedSchema();

  private List<String> problems(String definition, String payload) {
    return schema.problems(definition, payload);
  }

  private void assertFits(String definition, String payload) {
    assertEquals(List.of(), problems(definition, payload), payload);
  }

  @Test
  void describesEverythingThatIsWritten() {
    ControlCommand command =
        new ControlCommand(
            "c",
            "e",
            1,
            AT,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            new Ask.Watts(4000),
            new Ask.Release());
    assertFits("control", command.toJson());
    assertFits(
        "ack",
        ControlAck.applied(command, AT, OptionalDouble.of(4000), OptionalDouble.empty()).toJson());
    assertFits(
        "ack",
        ControlAck.rejected(Optional.empty(), OptionalLong.empty(), AT, "no reason").toJson());
    assertFits("ack", ControlAck.failed(command, AT, "no answer").toJson());
    assertFits("heartbeat", new ControllerHeartbeat("e", 1, false, AT).toJson());
    assertFits("estop", new EmergencyStop(true, "operator", "smoke", AT).toJson());
    assertFits(
        "event",
        new SiteEvent(
                SiteEvent.Severity.ALARM, Optional.of(new DeviceId("pv1")), "above its limit", AT)
            .toJson());
    assertFits("poll", new MeasurementPoll("p").toJson());
    assertFits(
        "ac",
        new AcMeasurement(
                1,
                AT,
                AcMeasurement.Quality.GOOD,
                -1,
                0,
                List.of(230.0, 230.0, 230.0),
                Optional.of("p"))
            .toJson());
    assertFits("storage", new StorageMeasurement(1, AT, 50, OptionalDouble.of(3e5)).toJson());
    assertFits("state", new DeviceState(true, Optional.of(AT)).toJson());
    assertFits("state", DeviceState.lastWill().toJson());
    assertFits(
        "info",
        new DeviceInfo(
                DeviceInfo.Kind.STORAGE,
                "x",
                150_000,
                150_000,
                600_000,
                230,
                0,
                DeviceInfo.Kind.STORAGE.controls(),
                true)
            .toJson());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"opModGenLimW\":-1",
        "\"opModGenLimW\":\"5\"",
        "\"opModGenLimKw\":5",
        "\"rvrtS\":0,\"opModGenLimW\":5",
        "\"connect\":1",
        "\"rvrtS\":5"
      })
  void refusesACommandThatTheGateRefuses(String controls) {
    String payload = "{" + FRAME + "," + controls + "}";
    assertNotEquals(List.of(), problems("control", payload), payload);
    CommandGate gate =
        new CommandGate(
            new DeviceInfo(
                DeviceInfo.Kind.GENERATOR,
                "x",
                5000,
                0,
                0,
                230,
                0,
                DeviceInfo.Kind.GENERATOR.controls(),
                true),
            Clock.fixed(AT, ZoneOffset.UTC));
    assertInstanceOf(
        CommandGate.Decision.Refused.class, gate.judge(MqttMessage.atLeastOnce("c", payload)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"qSetVar\":-1200",
        "\"pfSet\":{\"pf\":0.95,\"excitation\":\"under\"}",
        "\"connect\":true,\"rampPctS\":20",
        "\"opModGenLimW\":null"
      })
  void knowsTheReservedControls(String controls) {
    assertFits("control", "{" + FRAME + "," + controls + "}");
  }

  @Test
  void wantsWhatWasReadBackFromAnAppliedCommand() {
    assertNotEquals(
        List.of(),
        problems("ack", "{\"v\":1,\"ts\":\"" + AT + "\",\"status\":\"applied\",\"id\":\"c\"}"));
  }

  @TestFactory
  Stream<DynamicTest> readsEveryExample() throws IOException {
    List<Path> examples;
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      examples = files.sorted().toList();
    }
    Set<String> shown =
        examples.stream().map(PayloadSchemaTest::definitionOf).collect(Collectors.toSet());
    assertEquals(READERS.keySet(), shown);
    return examples.stream()
        .map(example -> dynamicTest(example.getFileName().toString(), () -> reads(example)));
  }

  /** The reserved controls are in the format, but no device of ours follows them. */
  private void reads(Path example) throws IOException {
    String payload = Files.readString(example);
    assertFits(definitionOf(example), payload);
    if (!example.endsWith("control-reserved.json")) {
      READERS.get(definitionOf(example)).accept(payload);
    }
  }

  private static String definitionOf(Path example) {
    return example.getFileName().toString().split("[-.]")[0];
  }

  /** A key that is missing or of another type is one our readers and the schema both refuse. */
  @TestFactory
  Stream<DynamicTest> refusesWhatOurReadersRefuse() throws IOException {
    return READERS.keySet().stream()
        .map(definition -> dynamicTest(definition, () -> refusesVariants(definition)));
  }

  private void refusesVariants(String definition) throws IOException {
    ObjectNode good = (ObjectNode) new ObjectMapper().readTree(first(definition));
    List<String> required = required(definition);
    assertFalse(required.isEmpty());
    for (String key : required) {
      refusedByBoth(definition, good.deepCopy().without(List.of(key)));
      for (JsonNode odd : ODD) {
        refusedByBoth(definition, good.deepCopy().set(key, odd));
      }
    }
  }

  private void refusedByBoth(String definition, JsonNode payload) {
    String json = payload.toString();
    assertNotEquals(List.of(), problems(definition, json), json);
    assertThrows(DeviceLinkException.class, () -> READERS.get(definition).accept(json), () -> json);
  }

  private static String first(String definition) throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      Path example =
          files.filter(e -> definitionOf(e).equals(definition)).sorted().findFirst().orElseThrow();
      return Files.readString(example);
    }
  }

  private static List<String> required(String definition) throws IOException {
    List<String> keys = new ArrayList<>();
    new ObjectMapper()
        .readTree(Path.of("../lab-setup/mqtt/payloads.schema.json").toFile())
        .at("/$defs/" + definition + "/required")
        .forEach(key -> keys.add(key.textValue()));
    return keys;
  }
}
