package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import ndoe.devices.DeviceLinkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A link that knows several brokers, of which some end. */
class NextNodeIT {
  private final TestBroker first = TestBroker.embedded();
  private final TestBroker second = TestBroker.embedded();
  private final BrokerNodes nodes = new BrokerNodes(List.of(first.address(), second.address()));

  @AfterEach
  void stopBrokers() {
    first.close();
    second.close();
  }

  @Test
  void goesToTheFirstThatAnswers() {
    try (MqttLink link = PahoLink.connect(nodes, LinkSettings.of("one"))) {
      assertEquals(first.address().uri(), link.address());
    }
    first.stop();
    try (MqttLink link = PahoLink.connect(nodes, LinkSettings.of("one"))) {
      assertEquals(second.address().uri(), link.address());
    }
  }

  @Test
  void goesToTheNextWhenTheOneItIsAtIsLostAndBackWhenThatIsLostToo() throws Exception {
    Queue<String> received = new ConcurrentLinkedQueue<>();
    AtomicInteger returned = new AtomicInteger();
    try (MqttLink link = PahoLink.connect(nodes, LinkSettings.of("one"))) {
      link.subscribe("a", message -> received.add(message.payload()));
      link.onReconnect(returned::incrementAndGet);
      first.stop();
      Eventually.until("at the second", () -> returned.get() == 1);
      assertEquals(second.address().uri(), link.address());
      link.publish(MqttMessage.atLeastOnce("a", "at the second")).get(5, TimeUnit.SECONDS);
      Eventually.until("heard at the second", () -> received.contains("at the second"));
      first.startAgain();
      second.stop();
      Eventually.until("at the first again", () -> returned.get() == 2);
      assertEquals(first.address().uri(), link.address());
      link.publish(MqttMessage.atLeastOnce("a", "at the first")).get(5, TimeUnit.SECONDS);
      Eventually.until("heard at the first", () -> received.contains("at the first"));
    }
  }

  @Test
  void saysOfEachWhyItCannotBeReached() {
    first.stop();
    second.stop();
    DeviceLinkException refused =
        assertThrows(
            DeviceLinkException.class, () -> PahoLink.connect(nodes, LinkSettings.of("one")));
    for (BrokerAddress node : nodes.addresses()) {
      assertTrue(
          refused.getMessage().contains("broker " + node.uri() + ": Connection refused"),
          refused::getMessage);
    }
  }
}
