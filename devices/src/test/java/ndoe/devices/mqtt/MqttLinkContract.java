package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import ndoe.devices.DeviceLinkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a link does whatever the broker. */
abstract class MqttLinkContract {
  TestBroker broker;

  abstract TestBroker newBroker();

  @BeforeEach
  void startBroker() {
    broker = newBroker();
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  PahoLink link(String name) {
    return PahoLink.connect(broker.address(), LinkSettings.of(name));
  }

  @Test
  void deliversToTheSubscriber() throws Exception {
    Queue<MqttMessage> received = new ConcurrentLinkedQueue<>();
    try (MqttLink sender = link("sender");
        MqttLink receiver = link("receiver")) {
      receiver.subscribe("a/+/c", received::add);
      sender.publish(MqttMessage.atLeastOnce("a/b/c", "grüß")).get(5, TimeUnit.SECONDS);
      Eventually.until("delivered", () -> !received.isEmpty());
    }
    assertEquals(List.of(MqttMessage.atLeastOnce("a/b/c", "grüß")), List.copyOf(received));
  }

  @Test
  void tellsARetainedMessageFromAFreshOne() throws Exception {
    Queue<MqttMessage> received = new ConcurrentLinkedQueue<>();
    try (MqttLink link = link("one")) {
      link.publish(MqttMessage.retained("kept", "old")).get(5, TimeUnit.SECONDS);
      link.subscribe("kept", received::add);
      Eventually.until("kept message", () -> received.size() == 1);
      link.publish(MqttMessage.atLeastOnce("kept", "new")).get(5, TimeUnit.SECONDS);
      Eventually.until("fresh message", () -> received.size() == 2);
    }
    assertTrue(received.remove().retained());
    assertFalse(received.remove().retained());
  }

  @Test
  void setsTcpNoDelayOnItsSocket() throws IOException {
    List<Socket> sockets = new CopyOnWriteArrayList<>();
    NoDelaySockets watched =
        new NoDelaySockets() {
          @Override
          Socket prepared(Socket socket) throws IOException {
            sockets.add(super.prepared(socket));
            return socket;
          }
        };
    try (MqttLink link =
        PahoLink.connect(BrokerNodes.of(broker.address()), LinkSettings.of("one"), watched)) {
      assertTrue(link.isConnected());
      assertEquals(1, sockets.size());
      assertTrue(sockets.get(0).isConnected());
      assertTrue(sockets.get(0).getTcpNoDelay());
    }
  }

  @Test
  void refusesToKeepAMessageForLater() throws Exception {
    Queue<MqttMessage> received = new ConcurrentLinkedQueue<>();
    try (MqttLink link = link("one")) {
      link.subscribe("a", received::add);
      broker.stop();
      Eventually.until("link down", () -> !link.isConnected());
      ExecutionException refused =
          assertThrows(
              ExecutionException.class,
              () -> link.publish(MqttMessage.atLeastOnce("a", "late")).get(5, TimeUnit.SECONDS));
      assertInstanceOf(DeviceLinkException.class, refused.getCause());
      AtomicInteger returned = new AtomicInteger();
      link.onReconnect(returned::incrementAndGet);
      broker.startAgain();
      Eventually.until("link back", () -> returned.get() == 1);
      link.publish(MqttMessage.atLeastOnce("a", "now")).get(5, TimeUnit.SECONDS);
      Eventually.until("delivered", () -> !received.isEmpty());
      assertEquals("now", received.remove().payload());
    }
  }

  @Test
  void subscribesAgainWheneverTheBrokerIsBack() throws Exception {
    Queue<MqttMessage> received = new ConcurrentLinkedQueue<>();
    AtomicInteger returned = new AtomicInteger();
    try (MqttLink link = link("one")) {
      link.subscribe("a", received::add);
      link.onReconnect(returned::incrementAndGet);
      for (int round = 1; round <= 2; round++) {
        int expected = round;
        broker.stop();
        Eventually.until("link down", () -> !link.isConnected());
        broker.startAgain();
        Eventually.until("link back", () -> returned.get() == expected);
        link.publish(MqttMessage.atLeastOnce("a", "round " + round)).get(5, TimeUnit.SECONDS);
        Eventually.until("delivered", () -> received.size() == expected);
      }
    }
  }

  @Test
  void letsTheBrokerSpeakItsLastWillWhenItBreaks() throws Exception {
    Queue<String> received = new ConcurrentLinkedQueue<>();
    List<Socket> sockets = new CopyOnWriteArrayList<>();
    NoDelaySockets watched =
        new NoDelaySockets() {
          @Override
          Socket prepared(Socket socket) throws IOException {
            sockets.add(super.prepared(socket));
            return socket;
          }
        };
    try (MqttLink witness = link("witness")) {
      witness.subscribe("will/#", message -> received.add(message.topic()));
      MqttLink broken =
          PahoLink.connect(BrokerNodes.of(broker.address()), willing("will/broken"), watched);
      sockets.get(0).setSoLinger(true, 0);
      sockets.get(0).close();
      Eventually.until("last will", () -> received.contains("will/broken"));
      broken.close();
    }
  }

  static LinkSettings willing(String topic) {
    return LinkSettings.of(topic.replace('/', '-'))
        .withLastWill(MqttMessage.atLeastOnce(topic, "gone"));
  }

  @Test
  void survivesAReceiverThatThrows() throws Exception {
    Queue<MqttMessage> received = new ConcurrentLinkedQueue<>();
    try (MqttLink link = link("one")) {
      link.subscribe(
          "a",
          message -> {
            received.add(message);
            throw new IllegalStateException("thrown by the test");
          });
      link.publish(MqttMessage.atLeastOnce("a", "1")).get(5, TimeUnit.SECONDS);
      link.publish(MqttMessage.atLeastOnce("a", "2")).get(5, TimeUnit.SECONDS);
      Eventually.until("both delivered", () -> received.size() == 2);
      assertTrue(link.isConnected());
    }
  }

  @Test
  void hearsNothingAfterItsSubscriptionIsClosed() throws Exception {
    Queue<MqttMessage> received = new ConcurrentLinkedQueue<>();
    Queue<MqttMessage> others = new ConcurrentLinkedQueue<>();
    try (MqttLink link = link("one")) {
      link.subscribe("a", received::add).close();
      link.subscribe("a", others::add);
      link.publish(MqttMessage.atLeastOnce("a", "1")).get(5, TimeUnit.SECONDS);
      Eventually.until("delivered", () -> !others.isEmpty());
    }
    assertTrue(received.isEmpty());
  }

  @Test
  void endsItsThreadsEvenWhileTheBrokerIsAway() {
    MqttLink connected = link("leaving");
    MqttLink cut = link("left-alone");
    connected.close();
    broker.stop();
    Eventually.until("link down", () -> !cut.isConnected());
    cut.close();
    Eventually.until("no thread left", () -> threads("leaving", "left-alone").isEmpty());
  }

  private static List<String> threads(String... clientIds) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> List.of(clientIds).stream().anyMatch(name::contains))
        .toList();
  }

  @Test
  void saysWhichBrokerCannotBeReached() {
    broker.stop();
    LinkSettings settings = LinkSettings.of("one").withAnswer(Duration.ofSeconds(2));
    DeviceLinkException unreachable =
        assertThrows(DeviceLinkException.class, () -> PahoLink.connect(broker.address(), settings));
    assertTrue(unreachable.getMessage().contains(broker.address().uri()), unreachable::getMessage);
    assertTrue(unreachable.getMessage().contains("refused"), unreachable::getMessage);
  }
}
