package ndoe.cosim.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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

  /**
   * Draws that broke a limit.
   *
   * @param ofLimit how many broke each limit
   */
  record Broken(int draws, int[] ofLimit) {}

  /** By distribution and operating point; the same draws at each point. */
  List<List<Broken>> run(Trial trial, List<At> operatingPoints) {
    double[] factors = new double[trial.use().passiveLoads().size()];
    List<List<Broken>> broken = new ArrayList<>();
    for (ErrorDistribution distribution : ErrorDistribution.values()) {
      SplittableRandom random = points.random(trial.interval(), "forecast " + distribution);
      int[] here = new int[operatingPoints.size()];
      int[][] ofLimit = new int[here.length][scratch.length];
      for (int draw = 0; draw < errors.draws(); draw++) {
        distribution.draw(factors, errors.standardDeviation(), errors.correlation(), random);
        for (int load = 0; load < factors.length; load++) {
          factors[load] += 1;
        }
        trial.setLoadFactors(factors);
        for (int at = 0; at < here.length; at++) {
          if (!keepsLimits(trial.solve(operatingPoints.get(at).exchange()), ofLimit[at])) {
            here[at]++;
          }
        }
      }
      broken.add(
          IntStream.range(0, here.length)
              .mapToObj(at -> new Broken(here[at], ofLimit[at]))
              .toList());
    }
    return broken;
  }

  /** Counts the limits that are broken. */
  private boolean keepsLimits(GridState state, int[] ofLimit) {
    if (!state.converged()) {
      return false;
    }
    if (limits.of(state, scratch)) {
      return true;
    }
    boolean kept = true;
    for (int limit = 0; limit < scratch.length; limit++) {
      if (!limits.kept(limit, scratch[limit])) {
        ofLimit[limit]++;
        kept = false;
      }
    }
    return kept;
  }
}
