package ndoe.cosim.validation;

import java.util.ArrayList;
import java.util.List;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.validation.Violation.Kind;

/** What the judge found in one interval, as forecast and with every asset in service. */
final class Findings {
  private final NetworkLimits limits;
  private final LimitLevels levels;
  private final int interval;
  private final String engine;
  private final Extremes extremes;
  private final double[] scratch;
  private final List<Violation> violations = new ArrayList<>();

  Findings(NetworkLimits limits, LimitLevels levels, int interval, String engine) {
    this.limits = limits;
    this.levels = levels;
    this.interval = interval;
    this.engine = engine;
    extremes = new Extremes(levels);
    scratch = new double[levels.size()];
  }

  void add(Violation violation) {
    violations.add(violation);
  }

  /** A point of the envelopes and the state it leads to. */
  void add(GridState state, String point, Exchange exchange) {
    if (!state.converged() || !levels.of(state, scratch)) {
      violations.addAll(limits.check(state, interval, point));
    }
    if (state.converged()) {
      extremes.add(scratch, point, exchange);
    }
  }

  /**
   * What the worst-case search broke: every limit once, with its worst level, and not converging
   * once. The limits were broken nowhere else as badly.
   */
  void addSearched(boolean allSolved) {
    for (int limit = 0; limit < levels.size(); limit++) {
      double level = extremes.level(limit);
      if (WorstCaseSearch.NAME.equals(extremes.point(limit)) && !levels.kept(limit, level)) {
        violations.add(
            new Violation(
                interval,
                WorstCaseSearch.NAME,
                levels.kind(limit),
                levels.element(limit),
                levels.value(limit, level),
                levels.allowed(limit)));
      }
    }
    if (!allSolved) {
      violations.addAll(limits.check(GridState.notConverged(1), interval, WorstCaseSearch.NAME));
    }
  }

  Extremes extremes() {
    return extremes;
  }

  List<WorstValue> worst(Kind kind) {
    return extremes.worst(kind, interval).stream().toList();
  }

  List<Violation> violations() {
    return violations;
  }

  String engine() {
    return engine;
  }
}
