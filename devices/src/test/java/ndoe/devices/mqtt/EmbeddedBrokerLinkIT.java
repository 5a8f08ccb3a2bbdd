package ndoe.devices.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import ndoe.devices.DeviceLinkException;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerLinkIT extends MqttLinkContract {
  @Override
  TestBroker newBroker() {
    return TestBroker.embedded();
  }

  @Test
  void listensOnLoopbackAtAPortChosenByTheSystem() {
    try (EmbeddedBroker one = EmbeddedBroker.start();
        EmbeddedBroker other = EmbeddedBroker.start()) {
      assertEquals("127.0.0.1", one.address().host());
      assertTrue(one.address().port() != other.address().port());
    }
  }

  @Test
  void saysWhichPortIsTaken() {
    try (EmbeddedBroker one = EmbeddedBroker.start()) {
      int port = one.address().port();
      DeviceLinkException taken =
          assertThrows(DeviceLinkException.class, () -> EmbeddedBroker.start(port));
      assertTrue(taken.getMessage().contains("127.0.0.1:" + port), taken::getMessage);
    }
  }

  /** Netty’s shared executor ends by itself after a second without work. */
  @Test
  void leavesNoThread() {
    List<Thread> before = List.copyOf(Thread.getAllStackTraces().keySet());
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        MqttLink link = PahoLink.connect(broker.address(), LinkSettings.of("one"))) {
      link.subscribe("a", message -> {});
    }
    Eventually.until(
        "no thread left",
        Duration.ofSeconds(10),
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .allMatch(thread -> before.contains(thread) || thread.isDaemon()));
  }
}
