package ndoe.devices.mqtt;

/**
 * One message.
 *
 * @param topic without wildcards
 * @param payload UTF-8 text
 * @param qos 0 (at most once) or 1 (at least once)
 * @param retained when sent: keep it for later subscribers; when received: it was kept, its age is
 *     unknown
 */
public record MqttMessage(String topic, String payload, int qos, boolean retained) {
  public MqttMessage {
    if (topic.isEmpty() || topic.contains("+") || topic.contains("#")) {
      throw new IllegalArgumentException("not a topic to publish on: \"" + topic + "\"");
    }
    if (qos < 0 || qos > 2) {
      throw new IllegalArgumentException("QoS is 0, 1 or 2: " + qos);
    }
  }

  /** Delivered at most once, not kept. */
  public static MqttMessage atMostOnce(String topic, String payload) {
    return new MqttMessage(topic, payload, 0, false);
  }

  /** Delivered at least once, not kept. */
  public static MqttMessage atLeastOnce(String topic, String payload) {
    return new MqttMessage(topic, payload, 1, false);
  }

  /** Delivered at least once and kept for later subscribers. */
  public static MqttMessage retained(String topic, String payload) {
    return new MqttMessage(topic, payload, 1, true);
  }
}
