package ndoe.devices.emulator;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import ndoe.devices.mqtt.ForwardingLink;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway’s link that can be made to lose and delay messages; does nothing until told to. */
final class DisturbedLink extends ForwardingLink {
  private static final Logger LOG = LoggerFactory.getLogger(DisturbedLink.class);

  private final ScheduledExecutorService timer;
  private SplittableRandom random = new SplittableRandom(0);
  private Optional<Disturbance> disturbance = Optional.empty();

  /** Delivers late on the timer, which stays the caller’s. */
  DisturbedLink(MqttLink link, ScheduledExecutorService timer) {
    super(link);
    this.timer = timer;
  }

  /** From now on messages meet this, or nothing if it is empty. */
  synchronized void disturb(Optional<Disturbance> by, long seed) {
    disturbance = by;
    random = new SplittableRandom(seed);
  }

  private synchronized boolean isCalm() {
    return disturbance.isEmpty();
  }

  /** How late the next message is, ns; empty if it is lost. */
  private synchronized OptionalLong lateness() {
    if (disturbance.isEmpty()) {
      return OptionalLong.of(0);
    }
    Disturbance present = disturbance.get();
    boolean lost = random.nextDouble() < present.lostFraction();
    double offset = 2 * random.nextDouble() - 1;
    return lost
        ? OptionalLong.empty()
        : OptionalLong.of(
            present.delay().toNanos() + Math.round(offset * present.jitter().toNanos()));
  }

  private void later(Runnable delivery) {
    OptionalLong nanos = lateness();
    if (nanos.isEmpty()) {
      return;
    }
    try {
      var unused = timer.schedule(delivery, nanos.getAsLong(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("{} ends before a late message", address());
    }
  }

  @Override
  public CompletableFuture<Void> publish(MqttMessage message) {
    if (isCalm()) {
      return super.publish(message);
    }
    later(() -> super.publish(message));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Subscription subscribe(String topicFilter, Consumer<MqttMessage> receiver) {
    return super.subscribe(
        topicFilter,
        message -> {
          if (isCalm()) {
            receiver.accept(message);
          } else {
            later(() -> receiver.accept(message));
          }
        });
  }
}
