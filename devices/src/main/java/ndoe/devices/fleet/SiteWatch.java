package ndoe.devices.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.guard.Guard;
import ndoe.devices.mqtt.ControllerHeartbeat;
import ndoe.devices.mqtt.EmergencyStop;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import ndoe.devices.mqtt.SiteEvent;
import ndoe.devices.mqtt.SiteTopics;

/** The controller’s voice and ear on a site’s own topics: heartbeat, events, emergency stop. */
final class SiteWatch implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final SiteTopics topics;
  private final MqttLink link;
  private final Guard guard;
  private final Clock clock = Clock.systemUTC();
  private final MqttLink.Subscription stops;
  private final ScheduledExecutorService heart;
  private Instant engagedSince = Instant.MIN;

  /** Hears the emergency stop that is engaged already, if there is one, before it returns. */
  SiteWatch(String site, MqttLink link, Guard guard) {
    this.topics = new SiteTopics(site);
    this.link = link;
    this.guard = guard;
    this.stops = link.subscribe(topics.emergencyStop(), this::emergencyStop);
    this.heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "heartbeat of site " + site);
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        heart.scheduleAtFixedRate(
            () -> beat(false), 0, HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  void say(SiteEvent event) {
    publish(MqttMessage.atLeastOnce(topics.event(), event.toJson()));
  }

  @Override
  public void close() {
    heart.shutdownNow();
    beat(true);
    stops.close();
  }

  private void beat(boolean leaving) {
    publish(
        MqttMessage.atMostOnce(
            topics.heartbeat(),
            new ControllerHeartbeat(
                    link.session().epoch(), link.session().next(), leaving, clock.instant())
                .toJson()));
  }

  /** What cannot be read engages; only a reset later than the engaging releases. */
  private synchronized void emergencyStop(MqttMessage message) {
    if (message.payload().isEmpty()) {
      return;
    }
    EmergencyStop said;
    try {
      said = EmergencyStop.parse(message.payload());
    } catch (DeviceLinkException e) {
      said = new EmergencyStop(true, "an unreadable message", e.getMessage(), clock.instant());
    }
    if (said.engaged()) {
      engagedSince = said.since();
      guard.stop(said.by(), said.reason());
    } else if (said.since().isAfter(engagedSince)) {
      guard.reset(said.by());
    }
  }

  private void publish(MqttMessage message) {
    Optional.of(link)
        .filter(MqttLink::isConnected)
        .ifPresent(
            up -> {
              var unused = up.publish(message);
            });
  }
}
