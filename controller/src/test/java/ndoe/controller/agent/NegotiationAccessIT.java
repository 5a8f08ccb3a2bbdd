package ndoe.controller.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import ndoe.controller.ShortDay;
import ndoe.controller.negotiation.Settings;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.PahoLink;
import ndoe.devices.mqtt.SecuredMosquitto;
import ndoe.feeders.ScenarioSplit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a prosumer’s account reaches at the secured broker of the lab set-up. */
class NegotiationAccessIT {
  private static final Path SET_UP = Path.of("../lab-setup/mosquitto").toAbsolutePath();
  private static final List<String> PROSUMERS =
      List.of("p18", "p33", "p25", "p22", "p14", "p30", "p10", "p28");

  /** Topics that are not p18’s. */
  private static final List<String> FOREIGN =
      List.of(
          "ndoe/v1/day/p/p33/to/offer",
          "ndoe/v1/day/p/p33/to/envelope",
          "ndoe/v1/day/p/p33/from/request",
          "ndoe/v1/day/p/p18/to/offer",
          "ndoe/v1/day/p",
          "ndoe/v1/other/p/p33/from/plan",
          "hil/v1/lab1/pv1/cmd/control",
          "hil/v1/lab1/pv1/meas/ac",
          "hil/v1/lab1/p18/meas/ac",
          "hil/v1/lab1/controller/heartbeat",
          "hil/v1/lab1/event",
          "hil/v1/lab1/estop");

  @TempDir private Path folder;

  @BeforeAll
  static void needsMosquitto() {
    boolean installed = SecuredMosquitto.isInstalled();
    if (!installed) {
      System.out.println("SKIPPED: no mosquitto or openssl on the path, no secured broker tested");
    }
    assumeTrue(installed, "no mosquitto or openssl on the path");
  }

  private SecuredMosquitto secured(List<String> more) throws Exception {
    List<String> accessList = new ArrayList<>(Files.readAllLines(SET_UP.resolve("acl")));
    // Somebody who sees all and may say all, to look from outside.
    accessList.addAll(List.of("user witness", "topic readwrite #"));
    accessList.addAll(more);
    List<String> accounts = new ArrayList<>(PROSUMERS);
    accounts.addAll(List.of("dso", "witness", "pv1"));
    return SecuredMosquitto.start(SET_UP, folder, accessList, accounts.toArray(String[]::new));
  }

  private static PahoLink login(SecuredMosquitto broker, String account) {
    return PahoLink.connect(
        broker.as(account), LinkSettings.of(account).withAnswer(Duration.ofSeconds(30)));
  }

  private static void say(MqttLink link, String topic) throws Exception {
    link.publish(MqttMessage.atLeastOnce(topic, "{}")).get(10, TimeUnit.SECONDS);
  }

  private static void until(Queue<MqttMessage> heard, String topic) {
    Deadline deadline = Deadline.in(Duration.ofSeconds(20));
    while (heard.stream().noneMatch(message -> message.topic().equals(topic))) {
      assertFalse(deadline.passed(), "nothing on " + topic);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static Set<String> topics(Queue<MqttMessage> heard) {
    Set<String> topics = new TreeSet<>();
    heard.forEach(message -> topics.add(message.topic()));
    return topics;
  }

  /** Foreign topics p18 hears, and those on which somebody hears it. */
  private Set<String> reachedByP18(SecuredMosquitto broker) throws Exception {
    Queue<MqttMessage> heardByP18 = new ConcurrentLinkedQueue<>();
    Queue<MqttMessage> heardFromP18 = new ConcurrentLinkedQueue<>();
    try (PahoLink p18 = login(broker, "p18");
        PahoLink witness = login(broker, "witness")) {
      p18.subscribe("#", heardByP18::add);
      for (String topic : FOREIGN) {
        if (!topic.equals("ndoe/v1/day/p/p18/to/offer")) {
          say(witness, topic);
        }
      }
      say(witness, "ndoe/v1/day/p/p18/to/bound");
      // One link keeps its order, so what was to come has come.
      until(heardByP18, "ndoe/v1/day/p/p18/to/bound");
      witness.subscribe("#", heardFromP18::add);
      for (String topic : FOREIGN) {
        say(p18, topic);
      }
      say(p18, "ndoe/v1/day/p/p18/from/report");
      until(heardFromP18, "ndoe/v1/day/p/p18/from/report");
    }
    Set<String> reached = topics(heardByP18);
    reached.addAll(topics(heardFromP18));
    reached.removeAll(Set.of("ndoe/v1/day/p/p18/to/bound", "ndoe/v1/day/p/p18/from/report"));
    return reached;
  }

  @Test
  void prosumerReachesItsOwnTopicsAndNoOthers() throws Exception {
    try (SecuredMosquitto broker = secured(List.of())) {
      assertEquals(Set.of(), reachedByP18(broker));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pattern read ndoe/v1/+/p/+/to/#",
        "pattern write ndoe/v1/+/p/+/from/#",
        "pattern write ndoe/v1/+/p/%u/to/#",
        "pattern readwrite #"
      })
  void openedTopicIsFound(String opened) throws Exception {
    try (SecuredMosquitto broker = secured(List.of(opened))) {
      assertFalse(reachedByP18(broker).isEmpty(), "this test sees nothing");
    }
  }

  @Test
  void partiesAgreeOverTheSecuredBrokerEachWithItsOwnAccount() throws Exception {
    Path day = ShortDay.write(folder, 10, 2);
    try (SecuredMosquitto broker = secured(List.of());
        Table table =
            new Table(
                ScenarioSplit.write(day, folder.resolve("parts")),
                folder,
                name -> login(broker, name.toLowerCase(java.util.Locale.ROOT)),
                (name, link) -> link)) {
      OperatorAgent.Outcome outcome =
          table.negotiate(Settings.defaults(20), AgentTimings.standard());
      assertEquals(Set.of(), outcome.dropped().keySet());
      assertTrue(outcome.agreement().certified() && outcome.unconfirmed().isEmpty());
      table.envelopes.values().forEach(envelope -> assertTrue(envelope.isCertified()));
    }
  }
}
