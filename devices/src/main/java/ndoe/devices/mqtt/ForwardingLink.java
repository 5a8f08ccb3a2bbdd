package ndoe.devices.mqtt;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A link that does what another one does; those that change something of it extend this. */
public abstract class ForwardingLink implements MqttLink {
  private final MqttLink link;

  protected ForwardingLink(MqttLink link) {
    this.link = link;
  }

  @Override
  public CompletableFuture<Void> publish(MqttMessage message) {
    return link.publish(message);
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
