package ndoe.cosim.validation;

import java.util.ArrayList;
import java.util.List;
import ndoe.cosim.powerflow.GridState;
import ndoe.feeders.Feeder;

/** The limits of a feeder: voltage at every bus, apparent power of every line. Unchangeable. */
public final class NetworkLimits {
  /** What a voltage may miss its limit by, per unit: far above the error of the power flow. */
  public static final double VOLTAGE_TOLERANCE_PU = 1e-6;

  /** What a line may exceed its rating by, fraction of the rating, for the same reason. */
  public static final double RATING_TOLERANCE_FRACTION = 1e-6;

  private final Feeder feeder;

  public NetworkLimits(Feeder feeder) {
    this.feeder = feeder;
  }

  /** Every limit this state breaks, a bus once with its worst phase. */
  public List<Violation> check(GridState state, int interval, String point) {
    if (!state.converged()) {
      return List.of(
          new Violation(
              interval,
              point,
              Violation.Kind.NOT_CONVERGED,
              feeder.name(),
              Double.NaN,
              Double.NaN));
    }
    List<Violation> found = new ArrayList<>();
    checkVoltages(state, interval, point, found);
    checkLines(state, interval, point, found);
    return found;
  }

  private void checkVoltages(GridState state, int interval, String point, List<Violation> found) {
    double minPu = feeder.voltageLimits().minPu();
    double maxPu = feeder.voltageLimits().maxPu();
    for (int bus = 0; bus < feeder.buses().size(); bus++) {
      double lowest = state.voltagePu(bus, 0);
      double highest = lowest;
      for (int phase = 1; phase < state.phases(); phase++) {
        lowest = Math.min(lowest, state.voltagePu(bus, phase));
        highest = Math.max(highest, state.voltagePu(bus, phase));
      }
      String name = feeder.buses().get(bus).value();
      // Written so that NaN is a violation too.
      if (!(lowest >= minPu - VOLTAGE_TOLERANCE_PU)) {
        found.add(
            new Violation(interval, point, Violation.Kind.UNDER_VOLTAGE, name, lowest, minPu));
      }
      if (!(highest <= maxPu + VOLTAGE_TOLERANCE_PU)) {
        found.add(
            new Violation(interval, point, Violation.Kind.OVER_VOLTAGE, name, highest, maxPu));
      }
    }
  }

  private void checkLines(GridState state, int interval, String point, List<Violation> found) {
    for (int line = 0; line < feeder.lines().size(); line++) {
      double ratingKva = feeder.lines().get(line).ratingKva();
      double loadingKva = state.lineLoadingKva().at(line);
      if (!(loadingKva <= ratingKva * (1 + RATING_TOLERANCE_FRACTION))) {
        String name = feeder.lines().get(line).id().value();
        found.add(
            new Violation(
                interval, point, Violation.Kind.LINE_RATING, name, loadingKva, ratingKva));
      }
    }
  }

  /** Loading of the most loaded line, fraction of its rating. */
  double highestLoadingFraction(GridState state) {
    double highest = 0;
    for (int line = 0; line < feeder.lines().size(); line++) {
      double ratingKva = feeder.lines().get(line).ratingKva();
      highest = Math.max(highest, state.lineLoadingKva().at(line) / ratingKva);
    }
    return highest;
  }
}
