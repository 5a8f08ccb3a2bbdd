package ndoe.devices.mqtt;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.MqttTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears what on a link. */
final class Receivers {
  private static final Logger LOG = LoggerFactory.getLogger(Receivers.class);

  private final List<Receiver> receivers = new CopyOnWriteArrayList<>();

  record Receiver(String filter, Consumer<MqttMessage> consumer) {}

  void add(Receiver receiver) {
    receivers.add(receiver);
  }

  /** Returns whether nobody is left who listens to the same filter. */
  boolean remove(Receiver receiver) {
    receivers.remove(receiver);
    return receivers.stream().noneMatch(other -> other.filter().equals(receiver.filter()));
  }

  String[] filters() {
    return receivers.stream().map(Receiver::filter).distinct().toArray(String[]::new);
  }

  /** Paho ends the link when a receiver throws, so nothing may escape. */
  void deliver(MqttMessage message) {
    for (Receiver receiver : receivers) {
      if (MqttTopic.isMatched(receiver.filter(), message.topic())) {
        run(() -> receiver.consumer().accept(message));
      }
    }
  }

  static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("a receiver failed", e);
    }
  }
}
