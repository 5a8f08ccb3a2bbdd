package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import ndoe.devices.DeviceLinkException;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PayloadFuzzTest {

  /** A kind of message, and what must hold of every one that is not refused. */
  private record Kind<T>(
      Function<String, T> parse, Function<T, String> toJson, Function<T, Boolean> sound) {
    void check(String text) {
      T message;
      try {
        message = parse.apply(text);
      } catch (DeviceLinkException refused) {
        assertFalse(refused.getMessage().isBlank());
        return;
      }
      assertEquals(message, parse.apply(asReceived(toJson.apply(message))));
      assertTrue(sound.apply(message), () -> message + "");
    }
  }

  private static final List<Kind<?>> KINDS =
      List.of(
          new Kind<>(ControlCommand::parse, ControlCommand::toJson, PayloadFuzzTest::isSound),
          new Kind<>(
              ControlAck::parse,
              ControlAck::toJson,
              ack ->
                  Double.isFinite(ack.powerW().orElse(0))
                      && Double.isFinite(ack.generationLimitW().orElse(0))),
          new Kind<>(
              AcMeasurement::parse,
              AcMeasurement::toJson,
              ac ->
                  Double.isFinite(ac.activePowerW())
                      && Double.isFinite(ac.reactivePowerVar())
                      && ac.phaseVoltagesV().size() <= 3
                      && ac.phaseVoltagesV().stream().allMatch(Double::isFinite)),
          new Kind<>(
              StorageMeasurement::parse,
              StorageMeasurement::toJson,
              storage -> storage.socPercent() >= 0 && storage.socPercent() <= 100),
          new Kind<>(DeviceInfo::parse, DeviceInfo::toJson, PayloadFuzzTest::isSound),
          new Kind<>(DeviceState::parse, DeviceState::toJson, state -> true),
          new Kind<>(EmergencyStop::parse, EmergencyStop::toJson, stop -> !stop.by().isEmpty()),
          new Kind<>(
              ControllerHeartbeat::parse, ControllerHeartbeat::toJson, beat -> beat.seq() >= 0),
          new Kind<>(SiteEvent::parse, SiteEvent::toJson, event -> !event.text().isEmpty()),
          new Kind<>(
              MeasurementPoll::parse, MeasurementPoll::toJson, poll -> !poll.id().isEmpty()));

  @FuzzTest(maxDuration = "")
  @DictionaryFile(resourcePath = "payload.dict")
  void aMessageIsRefusedOrComesBackAsItWasWritten(byte[] received) {
    String text = new String(received, StandardCharsets.UTF_8);
    if (isAnObject(text)) {
      KINDS.forEach(kind -> kind.check(text));
    }
  }

  /** What is none is refused by all kinds alike, which once is enough to see. */
  private static boolean isAnObject(String text) {
    try {
      return !Payload.parse("message", text).keys().isEmpty();
    } catch (DeviceLinkException refused) {
      return false;
    }
  }

  /** As it is after its way over the network. */
  private static String asReceived(String sent) {
    return new String(sent.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static boolean isSound(ControlCommand command) {
    return command.seq() >= 0
        && command.valid().toMillis() >= 1
        && command.reversion().toMillis() >= 1
        && isFinite(command.generationLimitW())
        && isFinite(command.powerW());
  }

  private static boolean isFinite(ControlCommand.Ask ask) {
    return !(ask instanceof ControlCommand.Ask.Watts watts) || Double.isFinite(watts.value());
  }

  private static boolean isSound(DeviceInfo info) {
    return info.generationRatingW() >= 0
        && info.loadRatingW() >= 0
        && Double.isFinite(info.generationRatingW() + info.loadRatingW() + info.capacityWh())
        && Double.isFinite(info.reversionW() + info.nominalVoltageV());
  }
}
