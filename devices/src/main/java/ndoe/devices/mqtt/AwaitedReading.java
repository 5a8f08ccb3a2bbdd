package ndoe.devices.mqtt;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The reading a controller waits for. Topics keep no order between them, so its two halves may come
 * either way round; their number joins them.
 */
final class AwaitedReading {
  private final DeviceInfo device;
  private final String pollId;
  private final Instant after;
  private final Map<Long, AcMeasurement> measured = new HashMap<>();
  private final Map<Long, StorageMeasurement> stored = new HashMap<>();
  private final CompletableFuture<Reading> answer = new CompletableFuture<>();

  /** Both halves; the second only of a storage. */
  record Reading(AcMeasurement ac, Optional<StorageMeasurement> storage) {}

  /**
   * Waits for the answer to a poll, or for anything later from a gateway that knows no poll.
   *
   * @param after on the gateway’s clock
   */
  AwaitedReading(DeviceInfo device, String pollId, Instant after) {
    this.device = device;
    this.pollId = pollId;
    this.after = after;
  }

  CompletableFuture<Reading> answer() {
    return answer;
  }

  synchronized void offer(AcMeasurement ac) {
    boolean wanted =
        device.polls() ? ac.poll().equals(Optional.of(pollId)) : ac.readAt().isAfter(after);
    if (!wanted) {
      return;
    }
    if (device.kind() == DeviceInfo.Kind.STORAGE) {
      measured.put(ac.seq(), ac);
      join(ac.seq());
    } else {
      answer.complete(new Reading(ac, Optional.empty()));
    }
  }

  synchronized void offer(StorageMeasurement storage) {
    stored.put(storage.seq(), storage);
    join(storage.seq());
  }

  private void join(long seq) {
    if (measured.containsKey(seq) && stored.containsKey(seq)) {
      answer.complete(new Reading(measured.get(seq), Optional.of(stored.get(seq))));
    }
  }
}
