package ndoe.devices.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import ndoe.devices.DeviceId;
import ndoe.devices.emulator.EmulatedPlant.Kind;
import ndoe.devices.emulator.EmulatedPlant.Rating;
import ndoe.devices.mqtt.ControlAck;
import ndoe.devices.mqtt.DeviceTopics;
import ndoe.devices.mqtt.EmergencyStop;
import ndoe.devices.mqtt.Eventually;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.PahoLink;
import ndoe.devices.mqtt.PublishedSchema;
import ndoe.devices.mqtt.SiteTopics;
import ndoe.devices.mqtt.TestBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gateway refuses, over a broker: the device keeps what it had and the sender hears why. */
class CommandRefusalIT {
  private static final DeviceTopics TOPICS = new DeviceTopics("lab1", new DeviceId("pv1"));
  private static final SiteTopics SITE = new SiteTopics("lab1");
  private static final String GOOD =
      "{\"v\":1,\"id\":\"c-%d\",\"epoch\":\"e\",\"seq\":%d,\"ts\":\"%s\",\"validS\":30,"
          + "\"opModGenLimW\":%s}";
  private static TestBroker broker;

  private final AtomicLong monotonic = new AtomicLong();
  private final EmulatedPlant pv =
      new EmulatedPlant(
          TOPICS.device(),
          Kind.GENERATOR,
          Rating.generator(5, 1.5),
          SimulatedClock.stepped(Instant.parse("2016-06-21T10:00:00Z")),
          monotonic::get);
  private final PublishedSchema schema = new PublishedSchema();
  private final Queue<ControlAck> acks = new ConcurrentLinkedQueue<>();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private MqttLink link;
  private MqttEmulator gateway;
  private int seq;

  @BeforeAll
  static void startBroker() {
    broker = TestBroker.mosquittoInstalled() ? TestBroker.mosquitto() : TestBroker.embedded();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void open() {
    link = PahoLink.connect(broker.address(), LinkSettings.of("sender"));
    link.subscribe(TOPICS.ack(), this::heard);
    gateway = MqttEmulator.start(pv, broker.address(), "lab1");
    assertEquals(ControlAck.Status.APPLIED, say(good("4000")).status());
  }

  @AfterEach
  void close() {
    gateway.close();
    for (String topic : List.of(TOPICS.control(), SITE.emergencyStop())) {
      link.publish(MqttMessage.retained(topic, "")).join();
    }
    link.close();
    assertEquals(List.of(), List.copyOf(problems), "acknowledgements against the schema");
  }

  private void heard(MqttMessage message) {
    problems.addAll(schema.problems("ack", message.payload()));
    acks.add(ControlAck.parse(message.payload()));
  }

  private String good(String watts) {
    seq++;
    return GOOD.formatted(seq, seq, Instant.now(), watts);
  }

  private ControlAck say(String payload) {
    return say(MqttMessage.atLeastOnce(TOPICS.control(), payload));
  }

  private ControlAck say(MqttMessage message) {
    acks.clear();
    var unused = link.publish(message);
    Eventually.until("acknowledgement", () -> !acks.isEmpty());
    return acks.remove();
  }

  private void assertRefused(String payload, String reason) {
    ControlAck ack = say(payload);
    assertEquals(ControlAck.Status.REJECTED, ack.status(), ack::toString);
    assertTrue(ack.reason().orElseThrow().contains(reason), ack::toString);
    assertEquals(4, pv.limitKw());
    assertEquals(
        ControlAck.Status.APPLIED, say(good("4000")).status(), "the gateway is still there");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          3000                | 5001                         | outside 0.0 to 5000.0 W: 5001.0
          3000                | -1                           | outside 0.0 to 5000.0 W: -1.0
          3000                | NaN                          | not JSON
          3000                | Infinity                     | not JSON
          3000                | 1e400                        | opModGenLimW must be a finite number
          3000                | "3000"                       | opModGenLimW must be a finite number
          3000                | [3000]                       | opModGenLimW must be a finite number
          ,"opModGenLimW":3000 |                             | asks for nothing
          "epoch":"e",        |                              | epoch is missing
          "validS":30,        |                              | validS is missing
          "validS":30         | "validS":"30"                | validS must be a finite number
          "v":1               | "v":2                        | v must be 1: 2
          3000                | 3000,"pSetW":1               | pSetW is not supported
          3000                | 3000,"limit":1               | limit is not known
          3000                | 3000,"opModGenLimW":5000     | Duplicate field
          """)
  void keepsItsLimitAndSaysWhy(String found, String replacement, String reason) {
    String command = good("3000");
    assertTrue(command.contains(found), found);
    assertRefused(command.replace(found, replacement == null ? "" : replacement), reason);
  }

  @Test
  void refusesAStaleCommandAndOneFromTheFuture() {
    seq++;
    Instant old = Instant.now().minusSeconds(31);
    assertRefused(GOOD.formatted(seq, seq, old, "3000"), "stale by age 31");
    seq++;
    Instant ahead = Instant.now().plusSeconds(60);
    assertRefused(GOOD.formatted(seq, seq, ahead, "3000"), "from the future by");
    seq++;
    assertRefused(GOOD.formatted(seq, seq, "+999999999-12-31T23:59:59Z", "3000"), "ts must be");
    assertRefused(GOOD.formatted(seq, seq, "9999-12-31T23:59:59Z", "3000"), "from the future by");
  }

  @Test
  void refusesAReplayedCommand() {
    String command = good("4000");
    assertEquals(ControlAck.Status.APPLIED, say(command).status());
    assertRefused(command, "replayed, seq 2 after 2");
    assertRefused(command, "replayed, seq 2 after 3");
  }

  @Test
  void refusesARetainedCommandOnItsNextStart() {
    gateway.close();
    link.publish(MqttMessage.retained(TOPICS.control(), good("3000"))).join();
    acks.clear();
    gateway = MqttEmulator.start(pv, broker.address(), "lab1");
    Eventually.until("acknowledgement", () -> !acks.isEmpty());
    assertTrue(acks.remove().reason().orElseThrow().contains("retained"));
    assertEquals(4, pv.limitKw());
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    assertRefused(good("3000").replace("\"c-2\"", "\"" + "c".repeat(129) + "\""), "at most 128");
    assertRefused(good("3000") + " ".repeat(16_384), "longer than 16384 characters");
    String deep = "[".repeat(4000) + "]".repeat(4000);
    assertRefused(good(deep), "nested deeper than 8 levels");
    assertRefused(deep, "nested deeper than 8 levels");
    assertRefused(good("1" + "0".repeat(64)), "a number of more than 64 digits");
  }

  @Test
  void refusesWhatIsNoCommandAtAll() {
    assertRefused("on", "not JSON");
    assertRefused("{}", "v must be 1: absent");
    assertRefused("null", "not a JSON object");
    assertRefused("\u0000\u001f\uffff", "not JSON");
  }

  @Test
  void standsStillDuringAnEmergencyStopAndWaitsAtItsFallBackAfterwards() throws Exception {
    pv.setAvailablePowerKw(5);
    Instant now = Instant.now();
    stop(new EmergencyStop(true, "operator", "smoke", now));
    Eventually.until("stopped", () -> pv.limitKw() == 0);
    ControlAck refused = say(good("3000"));
    assertEquals(
        "command: emergency stop engaged by operator: smoke", refused.reason().orElseThrow());
    monotonic.addAndGet(Duration.ofHours(1).toNanos());
    assertEquals(0, pv.limitKw());
    stop(new EmergencyStop(false, "replayed", "an earlier reset", now.minusSeconds(9)));
    assertEquals(ControlAck.Status.REJECTED, say(good("3000")).status());
    stop(new EmergencyStop(false, "operator", "aired", now.plusMillis(1)));
    Eventually.until("reset", () -> pv.limitKw() == 1.5);
    assertEquals(ControlAck.Status.APPLIED, say(good("3000")).status());
    assertEquals(3, pv.limitKw());
  }

  @Test
  void findsAnEmergencyStopThatIsOlderThanTheGateway() throws Exception {
    gateway.close();
    stop(new EmergencyStop(true, "operator", "smoke", Instant.now().minusSeconds(86_400)));
    gateway = MqttEmulator.start(pv, broker.address(), "lab1");
    Eventually.until("stopped", () -> pv.limitKw() == 0);
    assertEquals(ControlAck.Status.REJECTED, say(good("3000")).status());
  }

  @Test
  void takesAnUnreadableEmergencyStopForOne() throws Exception {
    link.publish(MqttMessage.retained(SITE.emergencyStop(), "stop!")).get(5, TimeUnit.SECONDS);
    Eventually.until("stopped", () -> pv.limitKw() == 0);
    assertEquals(ControlAck.Status.REJECTED, say(good("3000")).status());
  }

  private void stop(EmergencyStop stop) throws Exception {
    assertEquals(List.of(), schema.problems("estop", stop.toJson()));
    link.publish(MqttMessage.retained(SITE.emergencyStop(), stop.toJson()))
        .get(5, TimeUnit.SECONDS);
  }
}
