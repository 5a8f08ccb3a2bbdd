package ndoe.cosim.validation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import ndoe.cosim.powerflow.GridState;

/** Draws errors of the load forecast in one interval and counts how often a limit is broken. */
final class ForecastTrial {
  private final ForecastErrors errors;
  private final EnvelopePoints points;
  private final LimitLevels limits;
  private final double[] scratch;

  ForecastTrial(ForecastErrors errors, EnvelopePoints points, LimitLevels limits) {
    this.errors = errors;
    this.points = points;
    this.limits = limits;
    scratch = new double[limits.size()];
  }

  /** An operating point at which errors are tried. */
  record At(String name, Exchange exchange) {}

  /** Draws that broke a limit, by distribution and operating point; the same draws at each. */
  Map<ErrorDistribution, List<BrokenDraws>> run(Trial trial, List<At> operatingPoints) {
    Map<ErrorDistribution, List<BrokenDraws>> broken = new EnumMap<>(ErrorDistribution.class);
    for (ErrorDistribution distribution : ErrorDistribution.values()) {
      broken.put(distribution, run(trial, operatingPoints, distribution));
    }
    return broken;
  }

  private List<BrokenDraws> run(
      Trial trial, List<At> operatingPoints, ErrorDistribution distribution) {
    SplittableRandom random = points.random(trial.interval(), "forecast " + distribution);
    double[] factors = new double[trial.use().passiveLoads().size()];
    List<BrokenDraws> broken =
        operatingPoints.stream().map(at -> new BrokenDraws(limits.size())).toList();
    for (int draw = 0; draw < errors.draws(); draw++) {
      distribution.draw(factors, errors.standardDeviation(), errors.correlation(), random);
      for (int load = 0; load < factors.length; load++) {
        factors[load] += 1;
      }
      trial.setLoadFactors(factors);
      for (int at = 0; at < operatingPoints.size(); at++) {
        count(trial.solve(operatingPoints.get(at).exchange()), broken.get(at));
      }
    }
    return broken;
  }

  private void count(GridState state, BrokenDraws broken) {
    if (!state.converged()) {
      broken.addDraw();
      return;
    }
    if (limits.of(state, scratch)) {
      return;
    }
    boolean kept = true;
    for (int limit = 0; limit < scratch.length; limit++) {
      if (!limits.kept(limit, scratch[limit])) {
        broken.addLimit(limit);
        kept = false;
      }
    }
    if (!kept) {
      broken.addDraw();
    }
  }
}
