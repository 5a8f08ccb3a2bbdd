package ndoe.controller.study;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import ndoe.controller.message.Post;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.LinearNegotiation;
import ndoe.controller.negotiation.LinearNegotiation.Central;
import ndoe.controller.negotiation.LinearNegotiation.Outcome;
import ndoe.controller.negotiation.Negotiation;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.program.ConvexSolver;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.Verdict;
import ndoe.feeders.Scenario;

/**
 * How long it takes to agree, against one program that decides for all, solved by the same solver;
 * on a virtual machine that is warm.
 */
public final class NegotiationBenchmark {
  private static final int RANDOM_POINTS = 10_000;
  private static final int USUAL_RANDOM_POINTS_PER_INTERVAL = 200;

  private final Scenario scenario;
  private final ConvexSolver solver;
  private final AcValidator judge;
  private final Consumer<String> progress;

  /**
   * A benchmark on one scenario.
   *
   * @param progress hears what is measured next
   */
  public NegotiationBenchmark(
      Scenario scenario, ConvexSolver solver, AcValidator judge, Consumer<String> progress) {
    this.scenario = scenario;
    this.solver = solver;
    this.judge = judge;
    this.progress = progress;
  }

  /**
   * What was measured; times are medians of the warm repetitions, in seconds.
   *
   * @param centralSeconds to build and solve one program that decides for all
   * @param centralWorkSeconds CPU time of that
   * @param negotiationSeconds from a cold start to agreement, without comparison with the AC
   *     network
   * @param negotiationWorkSeconds CPU time of that, all parties together
   * @param distanceFraction |negotiated − central objective| of |operator’s| + |prosumers’ cost|
   * @param gapFraction certified, of the same
   * @param wholeSeconds of a negotiation with comparison with the AC network, plans and certificate
   * @param violations of the envelopes that came of it
   * @param pointsTried to find them
   */
  public record Result(
      double centralSeconds,
      double centralWorkSeconds,
      double negotiationSeconds,
      double negotiationWorkSeconds,
      int rounds,
      int cycles,
      double distanceFraction,
      double gapFraction,
      double wholeSeconds,
      long violations,
      long pointsTried) {

    /** Time of the negotiation over the time of the central solution. */
    public double ratio() {
      return negotiationSeconds / centralSeconds;
    }
  }

  public Result run() {
    LinearNegotiation linear = LinearNegotiation.withoutMargins(scenario, solver);
    progress.accept("the central optimum");
    List<Central> central = Repetitions.untilWarm(linear::central, once -> seconds(once.elapsed()));
    progress.accept("the negotiation on the linear network");
    List<Outcome> negotiated =
        Repetitions.untilWarm(
            () -> linear.negotiate(settings(0), new Post(), NegotiationListener.SILENT),
            once -> seconds(once.elapsed()));
    progress.accept("the whole negotiation with the AC network");
    List<Duration> whole = Repetitions.untilWarm(this::timed, NegotiationBenchmark::seconds);
    progress.accept(RANDOM_POINTS + " random points");
    Verdict verdict = agree((RANDOM_POINTS - 1) / scenario.horizon().intervals() + 1).verdict();
    Outcome last = negotiated.get(negotiated.size() - 1);
    double distance = Math.abs(last.bounds().upper() - central.get(0).objective());
    return new Result(
        Repetitions.median(central, once -> seconds(once.elapsed())),
        Repetitions.median(central, once -> seconds(once.work())),
        Repetitions.median(negotiated, once -> seconds(once.elapsed())),
        Repetitions.median(negotiated, once -> seconds(once.work())),
        last.effort().rounds(),
        last.effort().cycles(),
        distance / last.bounds().scale(),
        last.bounds().gapFraction(),
        Repetitions.median(whole, NegotiationBenchmark::seconds),
        verdict instanceof Verdict.Violated violated ? violated.violations().size() : 0,
        pointsTried(verdict));
  }

  private Duration timed() {
    long start = System.nanoTime();
    agree(USUAL_RANDOM_POINTS_PER_INTERVAL);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private Agreement agree(int randomPoints) {
    try (Negotiation negotiation =
        new Negotiation(
            scenario,
            solver,
            judge,
            settings(randomPoints),
            new Post(),
            NegotiationListener.SILENT)) {
      return negotiation.agree(Case.NDOE);
    }
  }

  private static Settings settings(int randomPoints) {
    return Settings.defaults(randomPoints);
  }

  private static long pointsTried(Verdict verdict) {
    return verdict instanceof Verdict.Violated violated
        ? violated.pointsTried()
        : ((Verdict.Certificate) verdict).pointsTried();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
