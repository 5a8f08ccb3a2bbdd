package ndoe.cosim.benchmark;

import java.util.List;
import java.util.stream.Stream;

/**
 * How long one solution took, over and over.
 *
 * @param threads that solved at the same time
 * @param microseconds of one solution on one thread, mean of a short while each, shortest first
 */
public record SolveTimes(int threads, List<Double> microseconds) {
  /** Sorts, and refuses what cannot be a time. */
  public SolveTimes {
    microseconds = microseconds.stream().sorted().toList();
    if (microseconds.isEmpty() || !microseconds.stream().allMatch(time -> time > 0)) {
      throw new IllegalArgumentException("times must be above 0, and some: " + microseconds);
    }
  }

  /** Best, µs: what others on the machine disturbed least. */
  public double bestMicroseconds() {
    return microseconds.get(0);
  }

  /** Median, µs. */
  public double medianMicroseconds() {
    int middle = microseconds.size() / 2;
    return microseconds.size() % 2 == 1
        ? microseconds.get(middle)
        : (microseconds.get(middle - 1) + microseconds.get(middle)) / 2;
  }

  /** Solutions of all threads together at their best, per second. */
  public double bestPerSecond() {
    return threads * 1e6 / bestMicroseconds();
  }

  SolveTimes and(SolveTimes others) {
    return new SolveTimes(
        threads, Stream.concat(microseconds.stream(), others.microseconds.stream()).toList());
  }
}
