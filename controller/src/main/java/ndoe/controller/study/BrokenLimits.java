package ndoe.controller.study;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import ndoe.cosim.validation.Verdict;
import ndoe.cosim.validation.Violation;

/**
 * Limits broken at one kind of operating point.
 *
 * @param count of broken (bus or line, interval, point)
 * @param worst the one furthest beyond its limit, as a fraction of it
 */
public record BrokenLimits(int count, Optional<Violation> worst) {

  /** At the plan and at what happens in each sample. */
  static BrokenLimits atDispatches(Verdict verdict) {
    return at(point -> !isCorner(point) && !isRandom(point), verdict);
  }

  /** Where everybody uses one side of the envelope to its end. */
  static BrokenLimits atCorners(Verdict verdict) {
    return at(BrokenLimits::isCorner, verdict);
  }

  /** Anywhere else inside the envelopes: at random points and where the judge searched. */
  static BrokenLimits atRandomPoints(Verdict verdict) {
    return at(BrokenLimits::isRandom, verdict);
  }

  private static boolean isCorner(String point) {
    return point.equals("import-corner") || point.equals("export-corner");
  }

  private static boolean isRandom(String point) {
    return point.startsWith("random-") || point.equals("worst-case");
  }

  private static BrokenLimits at(Predicate<String> points, Verdict verdict) {
    if (!(verdict instanceof Verdict.Violated violated)) {
      return new BrokenLimits(0, Optional.empty());
    }
    // The judge lists the worst first.
    List<Violation> found =
        violated.violations().stream().filter(each -> points.test(each.point())).toList();
    return new BrokenLimits(found.size(), found.stream().findFirst());
  }
}
