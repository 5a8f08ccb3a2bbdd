package ndoe.devices.emulator;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.BrokerAddress;
import ndoe.devices.mqtt.DeviceInfo;
import ndoe.devices.mqtt.DeviceState;
import ndoe.devices.mqtt.DeviceTopics;
import ndoe.devices.mqtt.LinkSettings;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.PahoLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a gateway says of itself: birth, last will, goodbye. */
final class GatewayPresence {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayPresence.class);
  private static final Duration LONGEST_ECHO = Duration.ofSeconds(5);

  private final DeviceTopics topics;
  private final DeviceInfo info;
  private final MqttLink link;
  private final Clock clock;
  private final String online;
  private final CompletableFuture<Void> heardItself = new CompletableFuture<>();
  private volatile boolean leaving;

  private GatewayPresence(DeviceTopics topics, DeviceInfo info, MqttLink link, Clock clock) {
    this.topics = topics;
    this.info = info;
    this.link = link;
    this.clock = clock;
    this.online = new DeviceState(true, Optional.of(clock.instant())).toJson();
  }

  /** A link whose last will speaks for this device alone. */
  static MqttLink connect(BrokerAddress broker, DeviceTopics topics) {
    return PahoLink.connect(
        broker,
        LinkSettings.of("gateway-" + topics.site() + "-" + topics.device())
            .withLastWill(MqttMessage.retained(topics.state(), DeviceState.lastWill().toJson())));
  }

  /**
   * Says what the device is and that it is online, now and after every reconnection.
   *
   * @throws DeviceLinkException if the gateway does not hear itself: a broker confirms what its
   *     access list makes it drop
   */
  static GatewayPresence announce(
      DeviceTopics topics, DeviceInfo info, MqttLink link, Clock clock) {
    GatewayPresence presence = new GatewayPresence(topics, info, link, clock);
    link.subscribe(topics.state(), presence::stateHeard);
    link.onReconnect(presence::introduce);
    presence.introduce();
    presence.awaitItself();
    return presence;
  }

  /** Says offline, so that no last will is needed. */
  void leave() {
    leaving = true;
    try {
      DeviceState gone = new DeviceState(false, Optional.of(clock.instant()));
      link.publish(MqttMessage.retained(topics.state(), gone.toJson())).get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("{} cannot say goodbye: {}", topics.device(), e.getMessage());
    }
  }

  private void introduce() {
    say(MqttMessage.retained(topics.info(), info.toJson()));
    say(MqttMessage.retained(topics.state(), online));
  }

  /** A last will of an earlier connection may arrive late. */
  private void stateHeard(MqttMessage message) {
    if (message.payload().equals(online)) {
      heardItself.complete(null);
    } else if (!leaving && !DeviceState.parse(message.payload()).online()) {
      introduce();
    }
  }

  private void awaitItself() {
    try {
      heardItself.get(LONGEST_ECHO.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new DeviceLinkException(
          ("broker %s does not pass on what is said on %s: its access list lets an account speak"
                  + " only for the device of its own name")
              .formatted(link.address(), topics.state()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceLinkException("interrupted while device " + topics.device() + " starts", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void say(MqttMessage message) {
    var unused =
        link.publish(message)
            .whenComplete(
                (sent, error) -> {
                  if (error != null && !leaving) {
                    LOG.debug("{}: not sent on {}", topics.device(), message.topic(), error);
                  }
                });
  }

  /** What a device is. */
  static DeviceInfo nameplate(EmulatedPlant plant, double nominalVolt) {
    DeviceInfo.Kind kind =
        switch (plant.kind()) {
          case GENERATOR -> DeviceInfo.Kind.GENERATOR;
          case STORAGE -> DeviceInfo.Kind.STORAGE;
          case LOAD -> DeviceInfo.Kind.LOAD;
        };
    EmulatedPlant.Rating rating = plant.rating();
    return new DeviceInfo(
        kind,
        "emulated " + plant.kind().name().toLowerCase(Locale.ROOT),
        rating.injectionKw() * 1000,
        rating.drawKw() * 1000,
        rating.energyKwh() * 1000,
        nominalVolt,
        rating.reversionKw() * 1000,
        kind.controls(),
        true);
  }
}
