package ndoe.controller.doctor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.PahoLink;

/** Whether a broker takes the login and brings a message. */
final class Broker {
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final long ECHO_MILLIS = 1000;

  private Broker() {}

  static Finding check(String subject, BrokerAddress broker) {
    String own = "ndoe-doctor-" + Long.toHexString(System.nanoTime());
    long start = System.nanoTime();
    try (MqttLink link = PahoLink.connect(broker, LinkSettings.of(own).withAnswer(ANSWER))) {
      long connected = millisSince(start);
      String found = "%s takes the login in %d ms".formatted(broker.uri(), connected);
      return Finding.ok(subject, "%s, %s", found, echo(link, own));
    } catch (DeviceLinkException e) {
      return Finding.fail(
          subject,
          "%s: start it, or correct --broker, --broker-username, --broker-password-file,"
              + " --broker-ca",
          e.getMessage());
    }
  }

  /** An access list may forbid a topic that nobody else uses, and then drops it or refuses it. */
  private static String echo(MqttLink link, String own) {
    String topic = "ndoe/doctor/" + own;
    CountDownLatch heard = new CountDownLatch(1);
    try {
      long start = System.nanoTime();
      link.subscribe(topic, message -> heard.countDown());
      link.publish(new MqttMessage(topic, "1", 0, false));
      if (heard.await(ECHO_MILLIS, TimeUnit.MILLISECONDS)) {
        return "brings a message back in %d ms".formatted(millisSince(start));
      }
    } catch (DeviceLinkException e) {
      return "refuses the topic ndoe/doctor, as access lists do";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "drops messages on ndoe/doctor, as access lists do";
  }

  private static long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
