package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MosquittoLinkIT extends MqttLinkContract {
  @BeforeAll
  static void needsMosquitto() {
    if (!TestBroker.mosquittoInstalled()) {
      System.out.println("SKIPPED: no mosquitto on the path, links are tested without it");
    }
    assumeTrue(TestBroker.mosquittoInstalled(), "no mosquitto on the path");
  }

  @Override
  TestBroker newBroker() {
    return TestBroker.mosquitto();
  }

  /**
   * Not asked of the embedded broker: Artemis reads a goodbye on a thread of its pool and the end
   * of the connection on Netty’s, so it may see the end first and speak the will.
   */
  @Test
  void keepsTheBrokerFromSpeakingItsLastWillWhenItSaysGoodbye() throws Exception {
    Queue<String> received = new ConcurrentLinkedQueue<>();
    try (MqttLink witness = link("witness")) {
      witness.subscribe("#", message -> received.add(message.topic()));
      MqttLink polite = PahoLink.connect(broker.address(), willing("will/polite"));
      polite.close();
      // Taken over by a second of its name, an open connection would have ended by now.
      try (MqttLink next = PahoLink.connect(broker.address(), willing("will/polite"))) {
        next.publish(MqttMessage.atLeastOnce("after", "now")).get(5, TimeUnit.SECONDS);
      }
      Eventually.until("the message after it", () -> received.contains("after"));
    }
    assertEquals(List.of("after"), List.copyOf(received));
  }
}
