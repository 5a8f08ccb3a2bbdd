package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import ndoe.devices.mqtt.CommandGate.Decision.Accepted;
import ndoe.devices.mqtt.CommandGate.Decision.Refused;
import ndoe.devices.mqtt.ControlCommand.Ask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandGateTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:35:19.806Z");
  private static final String TOPIC = "hil/v1/lab1/pv1/cmd/control";

  private final SetClock clock = new SetClock();
  private final CommandGate generator = gate(DeviceInfo.Kind.GENERATOR, 5000, 0);
  private final CommandGate storage = gate(DeviceInfo.Kind.STORAGE, 2500, 2000);

  private CommandGate gate(DeviceInfo.Kind kind, double generationW, double loadW) {
    return new CommandGate(
        new DeviceInfo(kind, "test", generationW, loadW, 0, 230, 0, kind.controls(), true), clock);
  }

  private static final class SetClock extends Clock {
    private Instant now = NOW;

    void set(Instant time) {
      now = time;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  /** A good command for the generator with one text replaced. */
  private static String command(String found, String replacement) {
    String good =
        "{\"v\":1,\"id\":\"c-1\",\"epoch\":\"e\",\"seq\":7,\"ts\":\"2026-11-22T14:35:19.806Z\","
            + "\"validS\":30,\"rvrtS\":60,\"opModGenLimW\":4000}";
    assertTrue(good.contains(found), found);
    return good.replace(found, replacement);
  }

  private static MqttMessage message(String payload) {
    return MqttMessage.atLeastOnce(TOPIC, payload);
  }

  private static ControlAck refused(CommandGate.Decision decision) {
    return assertInstanceOf(Refused.class, decision, decision::toString).ack();
  }

  @Test
  void letsAGoodCommandThrough() {
    Accepted accepted = assertInstanceOf(Accepted.class, generator.judge(message(command("", ""))));
    assertEquals(
        new ControlCommand(
            "c-1",
            "e",
            7,
            NOW,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            new Ask.Watts(4000),
            new Ask.Unchanged()),
        accepted.command());
  }

  @Test
  void readsNullAsReleaseAndTheDeadlineAsReversionWhenThereIsNone() {
    Accepted accepted =
        assertInstanceOf(
            Accepted.class,
            generator.judge(
                message(command("\"rvrtS\":60,\"opModGenLimW\":4000", "\"opModGenLimW\":null"))));
    assertEquals(new Ask.Release(), accepted.command().generationLimitW());
    assertEquals(Duration.ofSeconds(30), accepted.command().reversion());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "v":1                         | "v":2                             | v must be 1: 2
          "v":1                         | "v":1.5                           | v must be 1
          "v":1,                        |                                   | v must be 1: absent
          "2026-11-22T14:35:19.806Z"    | "2026-11-22T14:34:49.805Z"        | stale by age 30001 ms, allowed 30000
          "2026-11-22T14:35:19.806Z"    | "2026-11-22T14:35:49.807Z"        | from the future by 30001 ms
          "2026-11-22T14:35:19.806Z"    | "yesterday"                       | ts must be a UTC time
          "2026-11-22T14:35:19.806Z"    | 1700000000                        | ts must be a text
          4000                          | 5000.1                            | outside 0.0 to 5000.0 W: 5000.1
          4000                          | -1                                | outside 0.0 to 5000.0 W: -1.0
          4000                          | NaN                               | not JSON
          4000                          | 1e999                             | must be a finite number
          4000                          | "4000"                            | must be a finite number
          4000                          | true                              | must be a finite number
          ,"opModGenLimW":4000          |                                   | asks for nothing
          "opModGenLimW"                | "pSetW"                           | pSetW is not supported by this device
          "opModGenLimW"                | "qSetVar"                         | qSetVar is not supported by this device
          "opModGenLimW"                | "opModGenLimKw"                   | opModGenLimKw is not known
          "opModGenLimW":4000           | "connect":false,"pSetW":1000      | contradicts connect=false
          "seq":7                       | "seq":-7                          | seq must be an integer from 0
          "seq":7                       | "seq":7.5                         | seq must be an integer from 0
          "seq":7                       | "seq":7,"seq":8                   | not JSON: Duplicate field 'seq'
          "epoch":"e",                  |                                   | epoch is missing
          "id":"c-1",                   |                                   | id is missing
          "validS":30                   | "validS":0                        | validS must be from
          "validS":30                   | "validS":1e9                      | validS must be from
          "rvrtS":60                    | "rvrtS":-1                        | rvrtS must be from
          "opModGenLimW":4000}          | "opModGenLimW":                   | not JSON
          "opModGenLimW":4000}          | "opModGenLimW":4000} {}           | not JSON
          """)
  void refusesWithAReason(String found, String replacement, String reason) {
    ControlAck ack =
        refused(generator.judge(message(command(found, replacement == null ? "" : replacement))));
    assertEquals(ControlAck.Status.REJECTED, ack.status());
    assertEquals(NOW, ack.answeredAt());
    assertTrue(ack.reason().orElseThrow().contains(reason), ack::toString);
    assertTrue(ack.generationLimitW().isEmpty());
  }

  @Test
  void refusesWhatIsNoObject() {
    for (String payload : new String[] {"", "[]", "1", "null", "\u0000", "{", "x".repeat(20_000)}) {
      ControlAck ack = refused(generator.judge(message(payload)));
      assertTrue(ack.id().isEmpty());
      assertTrue(ack.reason().orElseThrow().length() <= 200);
    }
  }

  @Test
  void tellsWhichCommandItRefused() {
    ControlAck ack = refused(generator.judge(message(command("4000", "6000"))));
    assertEquals(Optional.of("c-1"), ack.id());
    assertEquals(OptionalLong.of(7), ack.seq());
  }

  @Test
  void refusesARetainedCommandHoweverGood() {
    ControlAck ack = refused(generator.judge(MqttMessage.retained(TOPIC, command("", ""))));
    assertTrue(ack.reason().orElseThrow().contains("retained"));
    assertEquals(Optional.of("c-1"), ack.id());
  }

  @Test
  void refusesAReplayEvenOfARefusedCommand() {
    refused(generator.judge(message(command("4000", "6000"))));
    assertTrue(reasonFor(command("", "")).contains("replayed, seq 7 after 7"));
    assertTrue(reasonFor(command("\"seq\":7", "\"seq\":6")).contains("replayed, seq 6 after 7"));
    assertInstanceOf(Accepted.class, generator.judge(message(command("\"seq\":7", "\"seq\":8"))));
  }

  @Test
  void refusesAnotherControllerWhileACommandOfTheFirstHolds() {
    assertInstanceOf(Accepted.class, generator.judge(message(command("", ""))));
    clock.set(NOW.plusMillis(29_999));
    String reason = reasonFor(otherController(clock.instant()));
    assertTrue(reason.startsWith("another controller"), reason);
    assertTrue(reason.contains("epoch e holds for 1 ms more"), reason);
    String next = command("\"seq\":7", "\"seq\":8");
    assertInstanceOf(Accepted.class, generator.judge(message(next)), "the first goes on");
    clock.set(NOW.plusMillis(59_998));
    assertTrue(reasonFor(otherController(clock.instant())).startsWith("another controller"));
  }

  @Test
  void letsALaterEpochStartItsNumbersAnewButNotAnEarlierOne() {
    assertInstanceOf(Accepted.class, generator.judge(message(command("", ""))));
    clock.set(NOW.plusSeconds(30));
    String next = otherController(clock.instant());
    assertInstanceOf(Accepted.class, generator.judge(message(next)));
    assertTrue(reasonFor(command("\"seq\":7", "\"seq\":99")).contains("older epoch"));
    assertTrue(reasonFor(next).contains("replayed, seq 1 after 1"));
  }

  @Test
  void remembersTheNumbersOfAnEpochThatComesBack() {
    assertInstanceOf(Accepted.class, generator.judge(message(command("", ""))));
    clock.set(NOW.plusSeconds(30));
    assertInstanceOf(Accepted.class, generator.judge(message(otherController(clock.instant()))));
    clock.set(NOW.plusSeconds(60));
    String later = command("2026-11-22T14:35:19.806Z", clock.instant().toString());
    assertTrue(reasonFor(later).contains("replayed, seq 7 after 7"));
    String next = later.replace("\"seq\":7", "\"seq\":8");
    assertInstanceOf(Accepted.class, generator.judge(message(next)));
  }

  @Test
  void letsAnotherControllerHaveWhatTheFirstReleased() {
    assertInstanceOf(Accepted.class, generator.judge(message(command("", ""))));
    String release =
        command("\"seq\":7", "\"seq\":8").replace("\"opModGenLimW\":4000", "\"opModGenLimW\":null");
    assertInstanceOf(Accepted.class, generator.judge(message(release)));
    assertInstanceOf(Accepted.class, generator.judge(message(otherController(NOW.plusMillis(1)))));
  }

  @Test
  void givesNoControllerADeviceThatRefusedItsCommand() {
    refused(generator.judge(message(command("4000", "6000"))));
    assertInstanceOf(Accepted.class, generator.judge(message(otherController(NOW.plusMillis(1)))));
  }

  private static String otherController(Instant sentAt) {
    return command(
        "\"e\",\"seq\":7,\"ts\":\"2026-11-22T14:35:19.806Z\"",
        "\"f\",\"seq\":1,\"ts\":\"" + sentAt + "\"");
  }

  @Test
  void boundsAStorageOnBothSides() {
    String draw = command("\"opModGenLimW\":4000", "\"pSetW\":-2000");
    assertInstanceOf(Accepted.class, storage.judge(message(draw)));
    String tooMuch =
        command("\"seq\":7", "\"seq\":8").replace("\"opModGenLimW\":4000", "\"pSetW\":-2001");
    ControlAck ack = refused(storage.judge(message(tooMuch)));
    assertTrue(ack.reason().orElseThrow().contains("outside -2000.0 to 2500.0 W: -2001.0"));
  }

  private String reasonFor(String payload) {
    return refused(generator.judge(message(payload))).reason().orElseThrow();
  }
}
