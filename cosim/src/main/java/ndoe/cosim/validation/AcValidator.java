package ndoe.cosim.validation;

import java.util.List;
import java.util.function.Function;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.feeders.Feeder;

/**
 * The judge: tries both corners, every dispatch, random points of the envelopes and whatever else
 * its scrutiny asks for in every interval with an AC power flow, and never stops at the first
 * broken limit. The answer does not depend on the number of threads.
 */
public final class AcValidator {
  /** What a dispatch may leave its envelope by, kW: rounding of what made it. */
  public static final double ENVELOPE_TOLERANCE_KW = 1e-3;

  private static final int DEFAULT_THREADS = 2;

  private final Function<Feeder, PowerFlow> engine;
  private final int threads;

  /** Hears how far the judge is; called by its threads, one at a time. */
  @FunctionalInterface
  public interface Progress {
    /** Nobody hears. */
    Progress SILENT = (intervals, ofIntervals) -> {};

    void judged(int intervals, int ofIntervals);
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

  /**
   * Certificate or list of violations, with the standard scrutiny.
   *
   * @throws IllegalArgumentException if the parts of the case do not fit together
   */
  public Verdict validate(SecurityCase securityCase) {
    return validate(securityCase, Scrutiny.standard());
  }

  /**
   * Certificate or list of violations.
   *
   * @throws IllegalArgumentException if the parts of the case do not fit together
   */
  public Verdict validate(SecurityCase securityCase, Scrutiny scrutiny) {
    return examine(securityCase, scrutiny, Progress.SILENT).verdict();
  }

  /**
   * The verdict with all that led to it.
   *
   * @throws IllegalArgumentException if the parts of the case do not fit together
   */
  public Examination examine(SecurityCase securityCase, Scrutiny scrutiny, Progress progress) {
    IntervalJudge judge = new IntervalJudge(securityCase, scrutiny);
    List<IntervalFindings> findings =
        eachInterval(securityCase, judge)
            .run(judge::judge, done -> progress.judged(done, judge.intervals()));
    return new Summary(securityCase, scrutiny, judge.forecastPoints(), findings).examination();
  }

  /** The feeder at both corners of every interval, whether or not limits hold there. */
  public CornerStates corners(SecurityCase securityCase) {
    IntervalJudge judge = new IntervalJudge(securityCase, Scrutiny.pointsOnly());
    List<List<GridState>> corners =
        eachInterval(securityCase, judge).run(judge::corners, done -> {});
    return new CornerStates(
        corners.stream().map(states -> states.get(0)).toList(),
        corners.stream().map(states -> states.get(1)).toList());
  }

  private IntervalWork eachInterval(SecurityCase securityCase, IntervalJudge judge) {
    return new IntervalWork(() -> engine.apply(securityCase.feeder()), threads, judge.intervals());
  }
}
