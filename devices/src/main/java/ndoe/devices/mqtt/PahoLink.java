package ndoe.devices.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.Receivers.Receiver;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT 3.1.1 link on Eclipse Paho, with clean sessions. Of a cluster it goes to the next node
 * when it loses the one it is at.
 */
public final class PahoLink implements MqttLink {
  private static final Logger LOG = LoggerFactory.getLogger(PahoLink.class);
  private static final int REFUSED = 128;
  private static final long FIRST_RETRY_MS = 100;
  private static final long LAST_RETRY_MS = 2000;

  private final BrokerNodes nodes;
  private final LinkSettings settings;
  private final MqttConnectOptions options;
  private final ControllerSession session = new ControllerSession();
  private final Receivers receivers = new Receivers();
  private final List<Runnable> reconnectActions = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService reconnector;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<String> whyNotBack = new AtomicReference<>("");
  private volatile BrokerAddress broker;
  private volatile MqttAsyncClient client;
  private MqttAsyncClient released;

  private PahoLink(
      BrokerNodes nodes, BrokerAddress first, LinkSettings settings, MqttConnectOptions options)
      throws MqttException {
    this.nodes = nodes;
    this.broker = first;
    this.settings = settings;
    this.options = options;
    client = newClient();
    reconnector =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "MQTT reconnect: " + settings.clientId());
              thread.setDaemon(true);
              return thread;
            });
  }

  private MqttAsyncClient newClient() throws MqttException {
    MqttAsyncClient made =
        new MqttAsyncClient(broker.uri(), settings.clientId(), new MemoryPersistence());
    made.setCallback(new Callback(made));
    return made;
  }

  /**
   * Connects and stays connected until closed.
   *
   * @throws DeviceLinkException if the broker cannot be reached, refuses the login or does not
   *     answer in time
   */
  public static PahoLink connect(BrokerAddress broker, LinkSettings settings) {
    return connect(BrokerNodes.of(broker), settings);
  }

  /**
   * Connects to the first node that answers and stays connected to one of them until closed.
   *
   * @throws DeviceLinkException if none of them can be reached, takes the login and answers in
   *     time; with the reason of each
   */
  public static PahoLink connect(BrokerNodes nodes, LinkSettings settings) {
    BrokerAddress first = nodes.addresses().get(0);
    return connect(
        nodes,
        settings,
        first.tls() ? NoDelayTlsSockets.trusting(first.ca()) : new NoDelaySockets());
  }

  static PahoLink connect(BrokerNodes nodes, LinkSettings settings, SocketFactory sockets) {
    List<String> reasons = new ArrayList<>();
    MqttException last = null;
    for (BrokerAddress node : nodes.addresses()) {
      try {
        return connect(nodes, node, settings, sockets);
      } catch (MqttException e) {
        reasons.add("broker " + node.uri() + ": " + LinkFailure.describe(node, e));
        last = e;
      }
    }
    throw new DeviceLinkException(String.join("; ", reasons), last);
  }

  private static PahoLink connect(
      BrokerNodes nodes, BrokerAddress node, LinkSettings settings, SocketFactory sockets)
      throws MqttException {
    MqttConnectOptions options = PahoOptions.of(node, settings, sockets);
    PahoLink link = new PahoLink(nodes, node, settings, options);
    try {
      link.client.connect(options).waitForCompletion(settings.answer().toMillis());
      return link;
    } catch (MqttException e) {
      link.close();
      throw e;
    }
  }

  @Override
  public CompletableFuture<Void> publish(MqttMessage message) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      client.publish(
          message.topic(),
          message.payload().getBytes(UTF_8),
          message.qos(),
          message.retained(),
          null,
          new Outcome(
              token -> done.complete(null),
              error -> done.completeExceptionally(broken("publish on " + message.topic(), error))));
    } catch (MqttException e) {
      done.completeExceptionally(broken("publish on " + message.topic(), e));
    }
    return done;
  }

  @Override
  public Subscription subscribe(String topicFilter, Consumer<MqttMessage> receiver) {
    Receiver entry = new Receiver(topicFilter, receiver);
    receivers.add(entry);
    try {
      IMqttToken token = client.subscribe(topicFilter, 1);
      token.waitForCompletion(settings.answer().toMillis());
      if (token.getGrantedQos()[0] == REFUSED) {
        throw new DeviceLinkException(
            "broker " + address() + " refuses a subscription to " + topicFilter);
      }
    } catch (MqttException e) {
      receivers.remove(entry);
      throw broken("subscribe to " + topicFilter, e);
    } catch (DeviceLinkException e) {
      receivers.remove(entry);
      throw e;
    }
    return () -> unsubscribe(entry);
  }

  private void unsubscribe(Receiver entry) {
    if (receivers.remove(entry) && !closed.get()) {
      try {
        client.unsubscribe(entry.filter());
      } catch (MqttException e) {
        LOG.debug("{} is gone, nothing to unsubscribe", address());
      }
    }
  }

  @Override
  public void onReconnect(Runnable action) {
    reconnectActions.add(action);
  }

  @Override
  public boolean isConnected() {
    return client.isConnected();
  }

  @Override
  public ControllerSession session() {
    return session;
  }

  @Override
  public String address() {
    return broker.uri();
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    reconnector.shutdownNow();
    MqttAsyncClient last = client;
    try {
      if (last.isConnected()) {
        last.disconnect(500).waitForCompletion(1000);
      }
    } catch (MqttException e) {
      LOG.debug("{} went away while saying goodbye", address());
    }
    release(last);
  }

  @Override
  public void breakOff() {
    if (!closed.getAndSet(true)) {
      reconnector.shutdownNow();
      release(client);
    }
  }

  /** Once per client: Paho cannot end one that has ended. */
  private synchronized void release(MqttAsyncClient old) {
    if (old == released) {
      return;
    }
    released = old;
    try {
      old.disconnectForcibly(0, 0, false);
    } catch (MqttException e) {
      LOG.trace("already disconnected", e);
    }
    try {
      old.close(true);
    } catch (MqttException e) {
      LOG.debug("cannot release the link to {}", address(), e);
    }
  }

  private void reconnectIn(long delayMs) {
    try {
      var unused = reconnector.schedule(() -> reconnect(delayMs), delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.trace("closed", e);
    }
  }

  /**
   * Tries once, with a client of its own: when the broker hangs up in the middle of a connect, Paho
   * may wait forever for its own sender, and that client never connects again. So each try has a
   * deadline, and whatever comes of it later is ignored.
   */
  private void reconnect(long delayMs) {
    AtomicBoolean settled = new AtomicBoolean();
    Runnable again =
        () -> {
          if (!settled.getAndSet(true)) {
            reconnectIn(Math.min(2 * delayMs, LAST_RETRY_MS));
          }
        };
    try {
      release(client);
      broker = nodes.after(broker);
      MqttAsyncClient fresh = newClient();
      client = fresh;
      if (closed.get()) {
        release(fresh);
        return;
      }
      fresh.connect(
          options,
          null,
          new Outcome(
              token -> {
                if (!settled.getAndSet(true)) {
                  resubscribe();
                }
              },
              error -> {
                notBack(error);
                again.run();
              }));
      var unused = reconnector.schedule(again, settings.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (MqttException e) {
      again.run();
    } catch (RejectedExecutionException e) {
      LOG.trace("closed", e);
    }
  }

  /** Says why once, not with every try. */
  private void notBack(Throwable error) {
    String reason = reason(error);
    if (!reason.equals(whyNotBack.getAndSet(reason))) {
      LOG.warn("broker {} is not back: {}", address(), reason);
    }
  }

  /** Must not wait: it runs on the thread that would receive the answer. */
  private void resubscribe() {
    LOG.info("broker {} is back", address());
    whyNotBack.set("");
    String[] filters = receivers.filters();
    if (filters.length == 0) {
      reconnectActions.forEach(Receivers::run);
      return;
    }
    int[] qos = new int[filters.length];
    Arrays.fill(qos, 1);
    try {
      client.subscribe(
          filters,
          qos,
          null,
          new Outcome(
              token -> reconnectActions.forEach(Receivers::run),
              error ->
                  LOG.warn("broker {}: cannot subscribe again: {}", address(), reason(error))));
    } catch (MqttException e) {
      LOG.warn("broker {}: cannot subscribe again: {}", address(), reason(e));
    }
  }

  private DeviceLinkException broken(String what, Throwable cause) {
    return new DeviceLinkException(
        "broker " + address() + ": " + what + ": " + reason(cause), cause);
  }

  private String reason(Throwable error) {
    return LinkFailure.describe(broker, error);
  }

  private record Outcome(Consumer<IMqttToken> success, Consumer<Throwable> failure)
      implements IMqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      success.accept(token);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable error) {
      failure.accept(error);
    }
  }

  private final class Callback implements MqttCallback {
    private final MqttAsyncClient of;

    private Callback(MqttAsyncClient of) {
      this.of = of;
    }

    @Override
    public void connectionLost(Throwable cause) {
      if (of != client) {
        return;
      }
      LOG.warn("lost the broker {}: {}", address(), LinkFailure.describeLoss(cause));
      reconnectIn(FIRST_RETRY_MS);
    }

    @Override
    public void messageArrived(String topic, org.eclipse.paho.client.mqttv3.MqttMessage arrived) {
      receivers.deliver(
          new MqttMessage(
              topic,
              new String(arrived.getPayload(), UTF_8),
              arrived.getQos(),
              arrived.isRetained()));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }
}
