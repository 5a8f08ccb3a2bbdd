package ndoe.controller.agent;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import ndoe.feeders.ProsumerId;

/**
 * How long the operator waits for answers, and for whom; may be used by several threads. Where
 * several are waited for at once, the time counts for whoever ended it, by an answer or a deadline.
 */
final class Waiting {
  private final Map<ProsumerId, Long> forWhomNanos = new HashMap<>();
  private Optional<Long> firstNanoTime = Optional.empty();
  private int outstanding;
  private long sinceNanoTime;
  private long waitedNanos;

  /**
   * What happened since the last look.
   *
   * @param took from the first question until now; 0 when nothing was asked
   * @param waited of that, with at least one answer outstanding
   * @param longestFor who ended most of the waiting
   */
  record Look(Duration took, Duration waited, Optional<ProsumerId> longestFor) {}

  synchronized void begins() {
    if (outstanding == 0) {
      sinceNanoTime = System.nanoTime();
      firstNanoTime = Optional.of(firstNanoTime.orElse(sinceNanoTime));
    }
    outstanding++;
  }

  synchronized void ends(ProsumerId prosumer) {
    outstanding--;
    if (outstanding == 0) {
      long nanos = System.nanoTime() - sinceNanoTime;
      waitedNanos += nanos;
      forWhomNanos.merge(prosumer, nanos, Long::sum);
    }
  }

  /** Looks, and counts anew from now on. */
  synchronized Look look() {
    long now = System.nanoTime();
    Look look =
        new Look(
            Duration.ofNanos(now - firstNanoTime.orElse(now)),
            Duration.ofNanos(waitedNanos),
            forWhomNanos.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey));
    firstNanoTime = Optional.empty();
    waitedNanos = 0;
    forWhomNanos.clear();
    return look;
  }
}
