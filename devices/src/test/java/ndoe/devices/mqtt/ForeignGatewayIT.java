package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.Measurement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drivers against a gateway that is written down in JSON, with the faults of strangers. */
class ForeignGatewayIT {
  private static final String ROOT = "hil/v1/lab1/dev1/";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static EmbeddedBroker broker;

  private MqttLink gateway;
  private MqttLink controller;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void open() {
    gateway = PahoLink.connect(broker.address(), LinkSettings.of("gateway"));
    controller = PahoLink.connect(broker.address(), LinkSettings.of("controller"));
  }

  @AfterEach
  void close() {
    gateway.publish(MqttMessage.retained(ROOT + "info", "")).join();
    gateway.close();
    controller.close();
  }

  private void say(String leaf, String json) {
    var unused = gateway.publish(MqttMessage.atLeastOnce(ROOT + leaf, json));
  }

  private void nameplate(String kind, String controls, boolean poll) {
    gateway
        .publish(
            MqttMessage.retained(
                ROOT + "info",
                """
                {"v":1,"kind":"%s","model":"foreign","genRatingW":5000,"loadRatingW":5000,
                 "capacityWh":10000,"vNomV":0,"reversionW":0,"controls":[%s],"poll":%s,"firmware":"9"}
                """
                    .formatted(kind, controls, poll)))
        .join();
  }

  private MqttInverter inverter() {
    nameplate("generator", "\"opModGenLimW\"", true);
    return MqttInverter.connect(controller, topics(), timings(1500));
  }

  private static DeviceTopics topics() {
    return new DeviceTopics("lab1", new DeviceId("dev1"));
  }

  private static GatewayTimings timings(int answerMs) {
    return new GatewayTimings(
        Duration.ofMillis(answerMs), Duration.ofSeconds(2), Duration.ofSeconds(30));
  }

  private void answerPolls(Function<String, String> answer) {
    gateway.subscribe(
        ROOT + "cmd/poll", message -> say("meas/ac", answer.apply(field(message, "id"))));
  }

  private void answerCommands(Function<String, String> answer) {
    gateway.subscribe(
        ROOT + "cmd/control", message -> say("cmd/ack", answer.apply(field(message, "id"))));
  }

  private static String field(MqttMessage message, String key) {
    try {
      JsonNode node = MAPPER.readTree(message.payload());
      return node.get(key).asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reading(Instant at, String quality, String pW, String poll) {
    return "{\"v\":1,\"seq\":1,\"ts\":\"%s\",\"quality\":\"%s\",\"pW\":%s,\"poll\":\"%s\"}"
        .formatted(at, quality, pW, poll);
  }

  private static String applied(String id, double watts) {
    return """
    {"v":1,"id":"%s","ts":"%s","status":"applied","applied":{"opModGenLimW":%s},"verifiedTs":"%s"}
    """
        .formatted(id, Instant.now(), watts, Instant.now());
  }

  private static String failure(MqttInverter inverter) {
    return assertThrows(DeviceLinkException.class, inverter::measure).getMessage();
  }

  @Test
  void readsWhatAnyGatewayWrites() {
    MqttInverter inverter = inverter();
    answerPolls(id -> reading(Instant.now(), "good", "-12.5", id));
    Measurement measured = inverter.measure();
    assertEquals(-0.0125, measured.activePowerKw());
    assertTrue(measured.voltagePu().isEmpty());
  }

  @Test
  void refusesAReadingTheGatewayDoesNotTrust() {
    MqttInverter inverter = inverter();
    answerPolls(id -> reading(Instant.now(), "stale", "1", id));
    String failure = failure(inverter);
    assertTrue(failure.contains("stale"), failure);
  }

  @Test
  void refusesAnOldReadingAndOneFromTheFuture() {
    MqttInverter inverter = inverter();
    answerPolls(id -> reading(Instant.now().minusSeconds(60), "good", "1", id));
    String old = failure(inverter);
    assertTrue(old.contains("ms old, allowed 2000 ms"), old);
    answerPolls(id -> reading(Instant.now().plusSeconds(60), "good", "1", id));
    assertThrows(DeviceLinkException.class, inverter::measure);
  }

  @Test
  void failsAtOnceOnAReadingThatIsNoReading() {
    MqttInverter inverter = inverter();
    answerPolls(id -> reading(Instant.now(), "good", "NaN", id));
    assertTrue(failure(inverter).contains("not JSON"));
    answerPolls(id -> reading(Instant.now(), "good", "\"5\"", id));
    assertTrue(failure(inverter).contains("dev1"));
  }

  @Test
  void waitsNoLongerThanAllowedForASilentGateway() {
    MqttInverter inverter = inverter();
    long start = System.nanoTime();
    assertTrue(failure(inverter).contains("no reading within 1500 ms"));
    DispatchReceipt.Unconfirmed unconfirmed =
        assertInstanceOf(DispatchReceipt.Unconfirmed.class, inverter.limitActivePower(1));
    assertTrue(unconfirmed.reason().contains("no acknowledgement"), unconfirmed::reason);
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos());
  }

  @Test
  void takesNoOtherReadingForTheAnswer() {
    MqttInverter inverter = inverter();
    answerPolls(id -> reading(Instant.now(), "good", "1", "another"));
    assertTrue(failure(inverter).contains("no reading"));
  }

  @Test
  void waitsForALaterReadingWhereThereIsNoPoll() {
    nameplate("generator", "\"opModGenLimW\"", false);
    Instant verified = Instant.now();
    gateway.subscribe(
        ROOT + "cmd/control",
        message ->
            say(
                "cmd/ack",
                """
                {"v":1,"id":"%s","ts":"%s","status":"applied","applied":{"opModGenLimW":1000},
                 "verifiedTs":"%s"}
                """
                    .formatted(field(message, "id"), verified, verified)));
    gateway.subscribe(
        ROOT + "cmd/poll",
        message -> {
          say(
              "meas/ac",
              reading(verified.minusMillis(1), "good", "5000", "").replace(",\"poll\":\"\"", ""));
          say(
              "meas/ac",
              reading(verified.plusMillis(1), "good", "1000", "").replace(",\"poll\":\"\"", ""));
        });
    MqttInverter inverter = MqttInverter.connect(controller, topics(), timings(3000));
    assertInstanceOf(DispatchReceipt.Applied.class, inverter.limitActivePower(1));
    assertEquals(1, inverter.measure().activePowerKw());
  }

  @Test
  void joinsTheHalvesOfAStorageReadingInEitherOrder() {
    nameplate("storage", "\"pSetW\"", true);
    MqttBattery battery = MqttBattery.connect(controller, topics(), timings(3000));
    String stored = "{\"v\":1,\"seq\":%d,\"ts\":\"" + Instant.now() + "\",\"socPct\":%d}";
    gateway.subscribe(
        ROOT + "cmd/poll",
        message -> {
          say("meas/ac", reading(Instant.now(), "good", "7", field(message, "id")));
          say("meas/storage", stored.formatted(9, 90));
          say("meas/storage", stored.formatted(1, 40));
        });
    assertEquals(0.4, battery.measure().socFraction().orElseThrow());
  }

  @Test
  void neverConfirmsAHigherLimitThanItAskedFor() {
    MqttInverter inverter = inverter();
    answerCommands(id -> applied(id, 3001));
    assertInstanceOf(DispatchReceipt.Unconfirmed.class, inverter.limitActivePower(3));
  }

  @Test
  void takesALimitThatWasRoundedDown() {
    MqttInverter inverter = inverter();
    answerCommands(id -> applied(id, 2999));
    DispatchReceipt.Applied applied =
        assertInstanceOf(DispatchReceipt.Applied.class, inverter.limitActivePower(3));
    assertEquals(2.999, applied.appliedKw());
  }

  @Test
  void passesOnWhyACommandWasNotApplied() {
    MqttInverter inverter = inverter();
    answerCommands(
        id ->
            "{\"v\":1,\"id\":\"%s\",\"ts\":\"%s\",\"status\":\"rejected\",\"reason\":\"local mode\"}"
                .formatted(id, Instant.now()));
    DispatchReceipt.Rejected rejected =
        assertInstanceOf(DispatchReceipt.Rejected.class, inverter.limitActivePower(3));
    assertEquals("local mode", rejected.reason());
  }

  @Test
  void leavesAHalfAppliedCommandUnconfirmed() {
    MqttInverter inverter = inverter();
    answerCommands(
        id ->
            "{\"v\":1,\"id\":\"%s\",\"ts\":\"%s\",\"status\":\"failed\",\"reason\":\"bus error\"}"
                .formatted(id, Instant.now()));
    DispatchReceipt.Unconfirmed unconfirmed =
        assertInstanceOf(DispatchReceipt.Unconfirmed.class, inverter.limitActivePower(3));
    assertEquals("failed: bus error", unconfirmed.reason());
  }

  @Test
  void takesNoAcknowledgementOfAnotherCommand() {
    MqttInverter inverter = inverter();
    answerCommands(id -> applied("another", 3000));
    assertInstanceOf(DispatchReceipt.Unconfirmed.class, inverter.limitActivePower(3));
  }

  @Test
  void refusesANameplateItCannotRead() {
    gateway.publish(MqttMessage.retained(ROOT + "info", "{\"v\":1,\"kind\":\"toaster\"}")).join();
    DeviceLinkException unread =
        assertThrows(
            DeviceLinkException.class,
            () -> MqttInverter.connect(controller, topics(), timings(1500)));
    assertTrue(unread.getMessage().contains("kind must be one of"), unread::getMessage);
  }
}
