package ndoe.devices.mqtt;

import java.time.Duration;
import java.util.Optional;

/**
 * How a link behaves.
 *
 * @param clientId unique at the broker; a second client with the same id throws out the first
 * @param answer longest wait for the broker’s answer to a connect or subscribe
 * @param keepAlive a silent broker is noticed after about one and a half of it; whole seconds
 * @param lastWill what the broker sends when the link breaks
 */
public record LinkSettings(
    String clientId, Duration answer, Duration keepAlive, Optional<MqttMessage> lastWill) {
  public LinkSettings {
    if (clientId.isBlank()) {
      throw new IllegalArgumentException("client id must not be blank");
    }
    if (answer.isZero() || answer.isNegative()) {
      throw new IllegalArgumentException("deadline must be positive: " + answer);
    }
    if (keepAlive.toSeconds() < 1) {
      throw new IllegalArgumentException("keep-alive must be 1 s or more: " + keepAlive);
    }
  }

  /** Five seconds for an answer, two of keep-alive, no last will. */
  public static LinkSettings of(String clientId) {
    return new LinkSettings(
        clientId, Duration.ofSeconds(5), Duration.ofSeconds(2), Optional.empty());
  }

  public LinkSettings withLastWill(MqttMessage will) {
    return new LinkSettings(clientId, answer, keepAlive, Optional.of(will));
  }

  public LinkSettings withAnswer(Duration deadline) {
    return new LinkSettings(clientId, deadline, keepAlive, lastWill);
  }
}
