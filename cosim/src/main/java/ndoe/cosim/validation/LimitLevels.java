package ndoe.cosim.validation;

import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.validation.Violation.Kind;
import ndoe.feeders.Feeder;

/**
 * How far a state is from every limit, as numbers that may be compared within their kind: for every
 * bus what is missing to the lowest voltage and what is beyond the highest, per unit, then for
 * every line what is beyond its rating, as a fraction of it. Positive beyond the limit.
 * Unchangeable.
 */
final class LimitLevels {
  private final Feeder feeder;
  private final int buses;
  private final double[] ratingKva;
  private final double minPu;
  private final double maxPu;

  LimitLevels(Feeder feeder) {
    this.feeder = feeder;
    buses = feeder.buses().size();
    ratingKva = feeder.lines().stream().mapToDouble(line -> line.ratingKva()).toArray();
    minPu = feeder.voltageLimits().minPu();
    maxPu = feeder.voltageLimits().maxPu();
  }

  int size() {
    return 2 * buses + ratingKva.length;
  }

  /** First limit of a kind. */
  int first(Kind kind) {
    return switch (kind) {
      case UNDER_VOLTAGE -> 0;
      case OVER_VOLTAGE -> buses;
      case LINE_RATING -> 2 * buses;
      default -> throw new IllegalArgumentException("no limit of the network: " + kind);
    };
  }

  /** What follows the last limit of a kind. */
  int end(Kind kind) {
    return kind == Kind.LINE_RATING ? size() : first(kind) + buses;
  }

  Kind kind(int limit) {
    if (limit < buses) {
      return Kind.UNDER_VOLTAGE;
    }
    return limit < 2 * buses ? Kind.OVER_VOLTAGE : Kind.LINE_RATING;
  }

  /**
   * Fills in the level of every limit.
   *
   * @return whether all are kept without help from any tolerance
   */
  boolean of(GridState state, double[] levels) {
    boolean kept = true;
    int phases = state.phases();
    for (int bus = 0; bus < buses; bus++) {
      double lowest = state.voltagePu(bus, 0);
      double highest = lowest;
      for (int phase = 1; phase < phases; phase++) {
        lowest = Math.min(lowest, state.voltagePu(bus, phase));
        highest = Math.max(highest, state.voltagePu(bus, phase));
      }
      levels[bus] = minPu - lowest;
      levels[buses + bus] = highest - maxPu;
      // Written so that NaN is not kept; likewise below.
      kept &= lowest >= minPu && highest <= maxPu;
    }
    for (int line = 0; line < ratingKva.length; line++) {
      double level = state.lineLoadingKva().at(line) / ratingKva[line] - 1;
      levels[2 * buses + line] = level;
      kept &= level <= 0;
    }
    return kept;
  }

  /** Whether a level is within what the power flow may err. */
  boolean kept(int limit, double level) {
    return level
        <= (limit < 2 * buses
            ? NetworkLimits.VOLTAGE_TOLERANCE_PU
            : NetworkLimits.RATING_TOLERANCE_FRACTION);
  }

  /** Bus or line, by name. */
  String element(int limit) {
    return limit < 2 * buses
        ? feeder.buses().get(limit % buses).value()
        : feeder.lines().get(limit - 2 * buses).id().value();
  }

  /** What is allowed, per unit or kVA. */
  double allowed(int limit) {
    return switch (kind(limit)) {
      case UNDER_VOLTAGE -> minPu;
      case OVER_VOLTAGE -> maxPu;
      default -> ratingKva[limit - 2 * buses];
    };
  }

  /** What stands behind a level, per unit or kVA. */
  double value(int limit, double level) {
    return switch (kind(limit)) {
      case UNDER_VOLTAGE -> minPu - level;
      case OVER_VOLTAGE -> maxPu + level;
      default -> ratingKva[limit - 2 * buses] * (1 + level);
    };
  }
}
