package ndoe.controller.agent;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import ndoe.devices.mqtt.ControllerSession;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;

/** A link whose party says something else than it means, or says it too often. */
final class LyingLink implements MqttLink {
  private final MqttLink link;
  private final UnaryOperator<MqttMessage> lie;
  private final int times;

  LyingLink(MqttLink link, UnaryOperator<MqttMessage> lie, int times) {
    this.link = link;
    this.lie = lie;
    this.times = times;
  }

  @Override
  public CompletableFuture<Void> publish(MqttMessage message) {
    CompletableFuture<Void> done = link.publish(lie.apply(message));
    for (int i = 1; i < times; i++) {
      done = link.publish(lie.apply(message));
    }
    return done;
  }

  @Override
  public Subscription subscribe(String topicFilter, Consumer<MqttMessage> receiver) {
    return link.subscribe(topicFilter, receiver);
  }

  @Override
  public void onReconnect(Runnable action) {
    link.onReconnect(action);
  }

  @Override
  public boolean isConnected() {
    return link.isConnected();
  }

  @Override
  public ControllerSession session() {
    return link.session();
  }

  @Override
  public String address() {
    return link.address();
  }

  @Override
  public void breakOff() {
    link.breakOff();
  }

  @Override
  public void close() {
    link.close();
  }
}
