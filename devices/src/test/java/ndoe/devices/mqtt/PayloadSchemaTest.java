package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import ndoe.devices.mqtt.ControlCommand.Ask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the code agree. */
class PayloadSchemaTest {
  private static final Path SCHEMA = Path.of("../lab-setup/mqtt/payloads.schema.json");
  private static final Instant AT = Instant.parse("2026-11-22T14:35:19.806Z");
  private static final String FRAME =
      "\"v\":1,\"id\":\"c\",\"epoch\":\"e\",\"seq\":1,\"ts\":\"" + AT + "\",\"validS\":30";

  private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private final ObjectMapper mapper = new ObjectMapper();

  private Set<ValidationMessage> problems(String definition, String payload) throws IOException {
    JsonSchema schema =
        factory.getSchema(
            "{\"$ref\":\"#/$defs/%s\",%s"
                .formatted(definition, Files.readString(SCHEMA).strip().substring(1))
                .replaceFirst("(?s)\"anyOf\": \\[.*?\\],", ""));
    return schema.validate(mapper.readTree(payload));
  }

  private void assertFits(String definition, String payload) throws IOException {
    assertEquals(Set.of(), problems(definition, payload), payload);
  }

  @Test
  void describesEverythingThatIsWritten() throws IOException {
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
  void refusesACommandThatTheGateRefuses(String controls) throws IOException {
    String payload = "{" + FRAME + "," + controls + "}";
    assertNotEquals(Set.of(), problems("control", payload), payload);
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
  void knowsTheReservedControls(String controls) throws IOException {
    assertFits("control", "{" + FRAME + "," + controls + "}");
  }

  @Test
  void wantsWhatWasReadBackFromAnAppliedCommand() throws IOException {
    assertNotEquals(
        Set.of(),
        problems("ack", "{\"v\":1,\"ts\":\"" + AT + "\",\"status\":\"applied\",\"id\":\"c\"}"));
  }
}
