package ndoe.devices.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Times of many exchanges.
 *
 * @param sortedNanos ascending, at least one
 */
public record Latencies(long[] sortedNanos) {
  public Latencies {
    if (sortedNanos.length == 0) {
      throw new IllegalArgumentException("no times to tell of");
    }
    sortedNanos = sortedNanos.clone();
    Arrays.sort(sortedNanos);
  }

  /** All of them together. */
  static Latencies of(List<Latencies> parts) {
    return new Latencies(
        parts.stream().flatMapToLong(part -> Arrays.stream(part.sortedNanos)).toArray());
  }

  /**
   * The time that a share of the exchanges did not exceed.
   *
   * @param share 0 to 1
   */
  public Duration quantile(double share) {
    int rank = (int) Math.ceil(share * sortedNanos.length);
    return Duration.ofNanos(sortedNanos[Math.max(0, rank - 1)]);
  }

  public int count() {
    return sortedNanos.length;
  }
}
