package ndoe.cosim.validation;

import java.util.ArrayList;
import java.util.List;
import ndoe.cosim.powerflow.GridState;

/** What the judge found in one interval. */
final class Findings {
  private final NetworkLimits limits;
  private final int interval;
  private final String engine;
  private final List<Violation> violations = new ArrayList<>();
  private long pointsTried;
  private double lowestVoltagePu = Double.POSITIVE_INFINITY;
  private double highestVoltagePu = Double.NEGATIVE_INFINITY;
  private double highestLoadingFraction;

  Findings(NetworkLimits limits, int interval, String engine) {
    this.limits = limits;
    this.interval = interval;
    this.engine = engine;
  }

  void add(Violation violation) {
    violations.add(violation);
  }

  void add(GridState state, String point) {
    pointsTried++;
    violations.addAll(limits.check(state, interval, point));
    if (state.converged()) {
      state.voltagesPu().stream().forEach(this::add);
      highestLoadingFraction =
          Math.max(highestLoadingFraction, limits.highestLoadingFraction(state));
    }
  }

  private void add(double voltagePu) {
    lowestVoltagePu = Math.min(lowestVoltagePu, voltagePu);
    highestVoltagePu = Math.max(highestVoltagePu, voltagePu);
  }

  List<Violation> violations() {
    return violations;
  }

  long pointsTried() {
    return pointsTried;
  }

  double lowestVoltagePu() {
    return lowestVoltagePu;
  }

  double highestVoltagePu() {
    return highestVoltagePu;
  }

  double highestLoadingFraction() {
    return highestLoadingFraction;
  }

  String engine() {
    return engine;
  }
}
