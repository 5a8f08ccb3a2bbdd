package ndoe.controller.agent;

import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.mqtt.ForwardingLink;
import ndoe.devices.mqtt.MqttLink;
import ndoe.devices.mqtt.MqttMessage;

/**
 * A link that loses, delays, duplicates and reorders what is sent over it, by a seed, and whose
 * party can die; for tests and rehearsals.
 */
public final class FaultyLink extends ForwardingLink {
  private final Faults faults;
  private final SplittableRandom random;
  private final ScheduledExecutorService clockwork;
  private final LongAdder lost = new LongAdder();
  private long lives = Long.MAX_VALUE;

  /**
   * Around a link that works.
   *
   * @param clockwork sends what is delayed; may be shared, is not ended
   */
  public FaultyLink(MqttLink link, Faults faults, long seed, ScheduledExecutorService clockwork) {
    super(link);
    this.faults = faults;
    this.random = new SplittableRandom(seed);
    this.clockwork = clockwork;
  }

  /** From now on its party says so many messages more and then neither speaks nor hears. */
  public synchronized void dieAfter(long messages) {
    lives = messages;
  }

  /** It speaks and hears again. */
  public synchronized void revive() {
    lives = Long.MAX_VALUE;
  }

  private synchronized boolean dead() {
    return lives <= 0;
  }

  /** Messages that never arrived. */
  public long lost() {
    return lost.sum();
  }

  @Override
  public CompletableFuture<Void> publish(MqttMessage message) {
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    long[] delays = fate();
    for (long delayNanos : delays) {
      try {
        var unused =
            clockwork.schedule(() -> super.publish(message), delayNanos, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException ended) {
        return CompletableFuture.failedFuture(new DeviceLinkException("the link is closed"));
      }
    }
    return done;
  }

  /** How late each copy arrives, ns; none if it is lost. */
  private synchronized long[] fate() {
    if (lives <= 0) {
      return new long[0];
    }
    lives--;
    boolean arrives = random.nextDouble() >= faults.lostFraction();
    boolean twice = random.nextDouble() < faults.duplicatedFraction();
    long[] delays = new long[arrives ? (twice ? 2 : 1) : 0];
    for (int i = 0; i < delays.length; i++) {
      double offset = 2 * random.nextDouble() - 1;
      delays[i] = (long) (faults.delay().toNanos() + offset * faults.jitter().toNanos());
    }
    if (!arrives) {
      lost.increment();
    }
    return delays;
  }

  @Override
  public Subscription subscribe(String topicFilter, Consumer<MqttMessage> receiver) {
    return super.subscribe(
        topicFilter,
        message -> {
          if (!dead()) {
            receiver.accept(message);
          }
        });
  }
}
