package ndoe.devices.fleet;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import ndoe.devices.guard.Guard;
import ndoe.devices.mqtt.ControllerHeartbeat;
import ndoe.devices.mqtt.EmergencyStop;
import ndoe.devices.mqtt.EmergencyStopLatch;
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
  private final EmergencyStopLatch latch = new EmergencyStopLatch(clock);
  private final AtomicReference<EmergencyStop> untold = new AtomicReference<>();
  private final MqttLink.Subscription stops;
  private final ScheduledExecutorService heart;

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

  /** Tells everybody at the broker, who hear it as from anybody else; so does this. */
  void emergencyStop(String by, String reason) {
    untold.set(new EmergencyStop(true, by, reason, clock.instant()));
    tellStop();
  }

  /** Again with every heartbeat until the broker has it. */
  private void tellStop() {
    EmergencyStop stop = untold.get();
    if (stop != null && link.isConnected()) {
      var unused =
          link.publish(new MqttMessage(topics.emergencyStop(), stop.toJson(), 1, true))
              .thenRun(() -> untold.compareAndSet(stop, null));
    }
  }

  @Override
  public void close() {
    heart.shutdownNow();
    beat(true);
    stops.close();
  }

  private void beat(boolean leaving) {
    tellStop();
    publish(
        MqttMessage.atMostOnce(
            topics.heartbeat(),
            new ControllerHeartbeat(
                    link.session().epoch(), link.session().next(), leaving, clock.instant())
                .toJson()));
  }

  private void emergencyStop(MqttMessage message) {
    latch
        .take(message)
        .ifPresent(
            said -> {
              if (said.engaged()) {
                guard.stop(said.by(), said.reason());
              } else {
                guard.reset(said.by());
              }
            });
  }

  private void publish(MqttMessage message) {
    if (link.isConnected()) {
      var unused = link.publish(message);
    }
  }
}
