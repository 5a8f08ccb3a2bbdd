package ndoe.controller.agent;

import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import ndoe.devices.mqtt.ForwardingLink;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;

/** A link whose party says something else than it means, or says it too often. */
final class LyingLink extends ForwardingLink {
  private final UnaryOperator<MqttMessage> lie;
  private final int times;

  LyingLink(MqttLink link, UnaryOperator<MqttMessage> lie, int times) {
    super(link);
    this.lie = lie;
    this.times = times;
  }

  @Override
  public CompletableFuture<Void> publish(MqttMessage message) {
    CompletableFuture<Void> done = super.publish(lie.apply(message));
    for (int i = 1; i < times; i++) {
      done = super.publish(lie.apply(message));
    }
    return done;
  }
}
