package ndoe.devices.mqtt;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import ndoe.devices.DeviceId;
import ndoe.devices.Measurement;

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
  record Reading(AcMeasurement ac, Optional<StorageMeasurement> storage) {

    /** Why it must not be used. */
    Optional<String> doubt(Instant now, Duration maxAge) {
      if (ac.quality() != AcMeasurement.Quality.GOOD) {
        return Optional.of("its gateway calls the reading " + Payload.nameOf(ac.quality()));
      }
      Duration age = Duration.between(ac.readAt(), now);
      return age.abs().compareTo(maxAge) > 0
          ? Optional.of(
              "reading is %d ms old, allowed %d ms: stale, or the clocks differ"
                  .formatted(age.toMillis(), maxAge.toMillis()))
          : Optional.empty();
    }

    /** In kW and per unit; without a voltage if the nominal one is 0 V. */
    Measurement measured(double nominalVoltageV, DeviceId device) {
      return new Measurement(
          device,
          ac.readAt(),
          ac.activePowerW() / 1000,
          ac.reactivePowerVar() / 1000,
          voltagePu(nominalVoltageV),
          storage
              .map(stored -> OptionalDouble.of(stored.socPercent() / 100))
              .orElse(OptionalDouble.empty()));
    }

    private OptionalDouble voltagePu(double nominalVoltageV) {
      OptionalDouble mean = ac.phaseVoltagesV().stream().mapToDouble(Double::doubleValue).average();
      return mean.isPresent() && nominalVoltageV != 0
          ? OptionalDouble.of(mean.getAsDouble() / nominalVoltageV)
          : OptionalDouble.empty();
    }
  }

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
