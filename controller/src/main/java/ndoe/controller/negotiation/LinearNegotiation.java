package ndoe.controller.negotiation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.Operator;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.message.Post;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.trading.Market;
import ndoe.cosim.validation.AcValidator;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/**
 * The negotiation on the linear network, without comparison and judgement by the AC network, beside
 * the central optimum of the same problem: what studies and benchmarks measure.
 */
public final class LinearNegotiation {
  private final Participants participants;
  private final AcMargins margins;
  private final ConvexSolver solver;

  private LinearNegotiation(Participants participants, AcMargins margins, ConvexSolver solver) {
    this.participants = participants;
    this.margins = margins;
    this.solver = solver;
  }

  /** Nothing kept clear for the AC network. */
  public static LinearNegotiation withoutMargins(Scenario scenario, ConvexSolver solver) {
    Participants participants = Participants.of(scenario);
    return new LinearNegotiation(participants, participants.noMargins(), solver);
  }

  /** With what the operator keeps clear for the AC network before it hears anybody. */
  public static LinearNegotiation withMargins(
      Scenario scenario, ConvexSolver solver, AcValidator judge) {
    Participants participants = Participants.of(scenario);
    AcMargins margins =
        new OperatorAlone(participants, solver, judge, NegotiationListener.SILENT)
            .settle()
            .margins();
    return new LinearNegotiation(participants, margins, solver);
  }

  /**
   * What came of it.
   *
   * @param bounds certified, on the objective
   * @param elapsed from the first word to the last, with everybody’s preparations
   * @param work CPU time of all parties, the market and the coordinator meanwhile
   */
  public record Outcome(Bounds bounds, Effort effort, Duration elapsed, Duration work) {}

  /**
   * The same by somebody who knows everything.
   *
   * @param objective in the scenario’s currency
   * @param elapsed to build and solve the program
   * @param work CPU time meanwhile
   */
  public record Central(double objective, Duration elapsed, Duration work) {}

  /** Negotiates from a cold start. */
  public Outcome negotiate(Settings settings, Post post, NegotiationListener listener) {
    MeteredThreads threads = new MeteredThreads();
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), threads);
    try {
      long start = System.nanoTime();
      Operator operator = operator(settings);
      Market market = participants.market(settings);
      Rounds rounds =
          new Rounds(
              operator,
              new PresentProsumers(participants, solver, workers).gather(settings.terms()),
              market,
              settings.terms(),
              post,
              workers,
              listener);
      boolean agreed = rounds.agree(1);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      Duration work = threads.work();
      Effort effort = rounds.effort(0, agreed);
      return new Outcome(
          bounds(operator.decision(), rounds, market, workers), effort, elapsed, work);
    } finally {
      workers.shutdownNow();
    }
  }

  private Operator operator(Settings settings) {
    return new Operator(participants.operator(), margins, settings.terms(), solver);
  }

  private Bounds bounds(
      OperatorDecision decision, Rounds rounds, Market market, ExecutorService workers) {
    Map<ProsumerId, Profile> purchases = rounds.trading().close();
    EnvelopePlan offered = EnvelopePlanFile.asWritten(decision.envelopes());
    Prosumers prosumers = new PresentProsumers(participants, solver, workers);
    Recovery recovery =
        Recovery.of(
            participants, offered, prosumers.plan(offered, purchases), margins, true, solver);
    return recovery.bounds(rounds.lowerBound().orElseThrow(), market.networkCharges());
  }

  /** Solves the whole problem in one program. */
  public Central central() {
    MeteredThreads threads = new MeteredThreads();
    long start = System.nanoTime();
    CentralOptimum.Optimum optimum = new CentralOptimum(participants, margins, solver).solve();
    return new Central(
        optimum.objective(), Duration.ofNanos(System.nanoTime() - start), threads.work());
  }
}
