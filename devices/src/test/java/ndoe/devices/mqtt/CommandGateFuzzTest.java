package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import ndoe.devices.mqtt.CommandGate.Decision;
import ndoe.devices.mqtt.ControlCommand.Ask;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class CommandGateFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:35:19.806Z");
  private static final double RATING_W = 5000;
  private static final DeviceInfo DEVICE =
      new DeviceInfo(
          DeviceInfo.Kind.STORAGE,
          "fuzzed",
          RATING_W,
          RATING_W,
          10_000,
          230,
          0,
          Set.of(ControlCommand.POWER, ControlCommand.GENERATION_LIMIT),
          true);

  /**
   * Each line is a message; one that begins with ! is on the emergency stop’s topic, one that
   * begins with * was retained.
   */
  @FuzzTest(maxDuration = "")
  @DictionaryFile(resourcePath = "payload.dict")
  void onlyFreshNewCommandsWithinTheRatingGetThrough(byte[] received) {
    CommandGate gate = new CommandGate(DEVICE, Clock.fixed(NOW, ZoneOffset.UTC));
    Map<String, Long> lastSeq = new HashMap<>();
    for (String line : new String(received, StandardCharsets.UTF_8).split("\n", 8)) {
      if (line.startsWith("!")) {
        MqttMessage stop = MqttMessage.retained("estop", line.substring(1));
        assertEquals(gate.emergencyStop(stop), gate.stopped());
      } else if (line.startsWith("*")) {
        MqttMessage retained = MqttMessage.retained("control", line.substring(1));
        assertInstanceOf(Decision.Refused.class, gate.judge(retained));
      } else {
        judge(gate, MqttMessage.atLeastOnce("control", line), lastSeq);
      }
    }
  }

  private static void judge(CommandGate gate, MqttMessage message, Map<String, Long> lastSeq) {
    boolean stopped = gate.stopped();
    if (gate.judge(message) instanceof Decision.Accepted accepted) {
      ControlCommand command = accepted.command();
      assertFalse(stopped);
      assertTrue(command.seq() > lastSeq.getOrDefault(command.epoch(), -1L));
      lastSeq.put(command.epoch(), command.seq());
      Duration age = Duration.between(command.sentAt(), NOW).abs();
      assertTrue(age.compareTo(command.valid()) <= 0, () -> age + " old");
      assertWithin(command.generationLimitW(), 0);
      assertWithin(command.powerW(), -RATING_W);
      assertInstanceOf(Decision.Refused.class, gate.judge(message), "sent twice");
    } else if (gate.judge(message) instanceof Decision.Refused refused) {
      String sent = refused.ack().toJson();
      byte[] bytes = sent.getBytes(StandardCharsets.UTF_8);
      assertEquals(
          refused.ack(), ControlAck.parse(new String(bytes, StandardCharsets.UTF_8)), sent);
    }
  }

  private static void assertWithin(Ask ask, double low) {
    if (ask instanceof Ask.Watts watts) {
      assertTrue(watts.value() >= low - 1e-4 && watts.value() <= RATING_W + 1e-4, () -> ask + "");
    }
  }
}
