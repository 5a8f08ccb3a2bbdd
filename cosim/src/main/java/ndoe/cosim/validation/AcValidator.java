package ndoe.cosim.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.cosim.validation.Violation.Kind;
import ndoe.feeders.Dispatch;
import ndoe.feeders.Feeder;
import ndoe.feeders.OperatingEnvelope;

/**
 * The judge: tries both corners, every dispatch and random points of the envelopes in every
 * interval with an AC power flow, and never stops at the first broken limit. The verdict does not
 * depend on the number of threads.
 */
public final class AcValidator {
  /** What a dispatch may leave its envelope by, kW: rounding of what made it. */
  public static final double ENVELOPE_TOLERANCE_KW = 1e-3;

  private static final int DEFAULT_THREADS = 2;

  private static final Comparator<Violation> WORST_FIRST =
      Comparator.comparingDouble(AcValidator::severity)
          .reversed()
          .thenComparingInt(Violation::interval)
          .thenComparing(Violation::point)
          .thenComparing(Violation::kind)
          .thenComparing(Violation::element);

  private final Function<Feeder, PowerFlow> engine;
  private final int threads;

  /** Hears how far the judge is; called by its threads, one at a time. */
  @FunctionalInterface
  public interface Progress {
    void tried(long points, long ofPoints);
  }

  /**
   * Judges with two threads.
   *
   * @param engine makes the power flow of one thread, which closes it
   */
  public AcValidator(Function<Feeder, PowerFlow> engine) {
    this(engine, DEFAULT_THREADS);
  }

  public AcValidator(Function<Feeder, PowerFlow> engine, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
    this.engine = engine;
    this.threads = threads;
  }

  public Verdict validate(SecurityCase securityCase) {
    return validate(securityCase, (points, ofPoints) -> {});
  }

  /**
   * Certificate or list of violations.
   *
   * @throws IllegalArgumentException if the parts of the case do not fit together
   */
  public Verdict validate(SecurityCase securityCase, Progress progress) {
    EnvelopePoints points = new EnvelopePoints(securityCase);
    FeederUse use = use(securityCase);
    NetworkLimits limits = new NetworkLimits(securityCase.feeder());
    int pointsPerInterval = 2 + securityCase.dispatches().size() + securityCase.randomPoints();
    long total = (long) pointsPerInterval * points.intervals();
    List<Findings> findings =
        eachInterval(securityCase, points)
            .run(
                (interval, powerFlow) ->
                    judge(
                        new Trial(interval, powerFlow, use),
                        points,
                        securityCase,
                        new Findings(limits, interval, powerFlow.engine())),
                done -> progress.tried((long) done * pointsPerInterval, total));
    return verdict(securityCase, findings);
  }

  /** The feeder at both corners of every interval, whether or not limits hold there. */
  public CornerStates corners(SecurityCase securityCase) {
    EnvelopePoints points = new EnvelopePoints(securityCase);
    FeederUse use = use(securityCase);
    List<List<GridState>> corners =
        eachInterval(securityCase, points)
            .run(
                (interval, powerFlow) -> {
                  Trial trial = new Trial(interval, powerFlow, use);
                  return List.of(
                      trial.solve(points.importCorner(interval)),
                      trial.solve(points.exportCorner(interval)));
                },
                done -> {});
    return new CornerStates(
        corners.stream().map(states -> states.get(0)).toList(),
        corners.stream().map(states -> states.get(1)).toList());
  }

  private IntervalWork eachInterval(SecurityCase securityCase, EnvelopePoints points) {
    return new IntervalWork(() -> engine.apply(securityCase.feeder()), threads, points.intervals());
  }

  private static FeederUse use(SecurityCase securityCase) {
    return new FeederUse(
        securityCase.feeder(),
        securityCase.passiveLoads(),
        securityCase.connectionPoints(),
        securityCase.assets());
  }

  private static Findings judge(
      Trial trial, EnvelopePoints points, SecurityCase securityCase, Findings findings) {
    int interval = trial.interval();
    findings.add(trial.solve(points.importCorner(interval)), "import-corner");
    findings.add(trial.solve(points.exportCorner(interval)), "export-corner");
    for (Dispatch dispatch : securityCase.dispatches()) {
      double[] netImportKw = points.dispatch(dispatch, interval);
      checkInside(netImportKw, points, trial, dispatch.name(), findings);
      findings.add(trial.solve(netImportKw), dispatch.name());
    }
    SplittableRandom random = points.random(interval);
    for (int number = 0; number < securityCase.randomPoints(); number++) {
      findings.add(trial.solve(points.random(number, interval, random)), "random-" + number);
    }
    return findings;
  }

  private static void checkInside(
      double[] netImportKw, EnvelopePoints points, Trial trial, String name, Findings findings) {
    for (int point = 0; point < netImportKw.length; point++) {
      OperatingEnvelope envelope = points.envelope(point, trial.interval());
      double limit = netImportKw[point] > 0 ? envelope.importLimitKw() : -envelope.exportLimitKw();
      if (Math.abs(netImportKw[point]) > Math.abs(limit) + ENVELOPE_TOLERANCE_KW) {
        String prosumer = trial.use().connectionPoints().get(point).prosumer().value();
        findings.add(
            new Violation(
                trial.interval(),
                name,
                Kind.OUTSIDE_ENVELOPE,
                prosumer,
                netImportKw[point],
                limit));
      }
    }
  }

  private static Verdict verdict(SecurityCase securityCase, List<Findings> findings) {
    long tried = findings.stream().mapToLong(Findings::pointsTried).sum();
    List<Violation> violations = new ArrayList<>();
    findings.forEach(each -> violations.addAll(each.violations()));
    if (!violations.isEmpty()) {
      violations.sort(WORST_FIRST);
      return new Verdict.Violated(tried, violations);
    }
    return new Verdict.Certificate(
        tried,
        findings.stream().mapToDouble(Findings::lowestVoltagePu).min().orElseThrow(),
        findings.stream().mapToDouble(Findings::highestVoltagePu).max().orElseThrow(),
        findings.stream().mapToDouble(Findings::highestLoadingFraction).max().orElseThrow(),
        securityCase.randomPoints(),
        securityCase.seed(),
        findings.get(0).engine());
  }

  /** How far beyond the limit, as a fraction of it; no solution is worse than anything. */
  private static double severity(Violation violation) {
    if (violation.kind() == Kind.NOT_CONVERGED) {
      return Double.POSITIVE_INFINITY;
    }
    double beyond = Math.abs(violation.value() - violation.limit());
    return beyond / Math.max(Math.abs(violation.limit()), ENVELOPE_TOLERANCE_KW);
  }

  /** The power flow of one thread at one interval. */
  private record Trial(int interval, PowerFlow powerFlow, FeederUse use, Injections injections) {
    Trial(int interval, PowerFlow powerFlow, FeederUse use) {
      this(interval, powerFlow, use, use.injections());
    }

    GridState solve(double[] netImportKw) {
      use.put(interval, netImportKw, injections);
      return powerFlow.solve(injections);
    }
  }
}
