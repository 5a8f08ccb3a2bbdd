package ndoe.devices.mqtt;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A connection to a broker that comes back by itself and never keeps a message for later: what
 * cannot be sent now fails now.
 */
public interface MqttLink extends AutoCloseable {

  /**
   * Sends without waiting; safe inside a receiver.
   *
   * @return done when the broker has it (QoS 0: when it is written); fails with {@link
   *     ndoe.devices.DeviceLinkException} if the link is down or breaks. A broker may drop what its
   *     access list forbids and still confirm it.
   */
  CompletableFuture<Void> publish(MqttMessage message);

  /**
   * Subscribes at QoS 1, now and after every reconnection, and waits for the broker’s consent.
   *
   * @param receiver called on the link’s thread, must not block
   * @throws ndoe.devices.DeviceLinkException if the broker refuses or does not answer in time
   */
  Subscription subscribe(String topicFilter, Consumer<MqttMessage> receiver);

  /** Runs the action, on the link’s thread, whenever the link is back and subscribed again. */
  void onReconnect(Runnable action);

  boolean isConnected();

  /** Who speaks on this link, if it is a controller. */
  ControllerSession session();

  /** The broker, as a URI without login. */
  String address();

  /** Says goodbye, so that no last will is sent, and ends the link’s threads. */
  @Override
  void close();

  /** Ends as a killed process does: no goodbye, so that the last will is sent. */
  void breakOff();

  /** Ends with {@link #close()}. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
