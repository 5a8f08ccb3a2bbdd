package ndoe.cosim.validation;

import java.util.Arrays;
import java.util.Optional;
import ndoe.cosim.validation.Violation.Kind;

/** The worst level of every limit in one interval, and the operating point it was found at. */
final class Extremes {
  private final LimitLevels limits;
  private final double[] worst;
  private final Exchange[] exchange;
  private final String[] name;

  Extremes(LimitLevels limits) {
    this.limits = limits;
    worst = new double[limits.size()];
    exchange = new Exchange[worst.length];
    name = new String[worst.length];
    Arrays.fill(worst, Double.NEGATIVE_INFINITY);
  }

  /** Keeps what is worse than anything before. */
  void add(double[] levels, String point, Exchange at) {
    for (int limit = 0; limit < levels.length; limit++) {
      if (levels[limit] > worst[limit]) {
        worst[limit] = levels[limit];
        exchange[limit] = at;
        name[limit] = point;
      }
    }
  }

  double level(int limit) {
    return worst[limit];
  }

  /** Name of the point at which a limit’s worst level was found. */
  String point(int limit) {
    return name[limit];
  }

  /** The worst of one kind; none when nothing was ever solved. */
  Optional<WorstValue> worst(Kind kind, int interval) {
    int found = -1;
    for (int limit = limits.first(kind); limit < limits.end(kind); limit++) {
      if (exchange[limit] != null && (found < 0 || worst[limit] > worst[found])) {
        found = limit;
      }
    }
    return found < 0
        ? Optional.empty()
        : Optional.of(
            new WorstValue(
                kind,
                interval,
                limits.element(found),
                limits.value(found, worst[found]),
                limits.allowed(found),
                OperatingPoint.of(name[found], exchange[found])));
  }
}
