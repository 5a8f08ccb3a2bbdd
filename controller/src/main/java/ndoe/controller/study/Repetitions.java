package ndoe.controller.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Does the same again until it takes the same time: a virtual machine compiles what it runs often,
 * so the first repetitions are slower than all later ones.
 */
final class Repetitions {
  private static final int ALIKE = 3;
  private static final int MOST = 8;
  private static final double LARGEST_CHANGE = 0.1;

  private Repetitions() {}

  /**
   * Repeats until the last three took within 10 % of each other, or eight times.
   *
   * @param seconds how long a repetition took, by its result
   * @return the last three, the warm ones
   */
  static <T> List<T> untilWarm(Supplier<T> once, ToDoubleFunction<T> seconds) {
    List<T> done = new ArrayList<>();
    while (done.size() < MOST && !(done.size() >= ALIKE && alike(warm(done), seconds))) {
      done.add(once.get());
    }
    return List.copyOf(warm(done));
  }

  private static <T> List<T> warm(List<T> done) {
    return done.subList(Math.max(0, done.size() - ALIKE), done.size());
  }

  private static <T> boolean alike(List<T> repetitions, ToDoubleFunction<T> seconds) {
    double least = repetitions.stream().mapToDouble(seconds).min().orElseThrow();
    double most = repetitions.stream().mapToDouble(seconds).max().orElseThrow();
    return most - least < LARGEST_CHANGE * least;
  }

  /** The middle one of an odd number of values. */
  static <T> double median(List<T> repetitions, ToDoubleFunction<T> value) {
    return repetitions.stream()
        .mapToDouble(value)
        .sorted()
        .skip(repetitions.size() / 2)
        .findFirst()
        .orElseThrow();
  }
}
