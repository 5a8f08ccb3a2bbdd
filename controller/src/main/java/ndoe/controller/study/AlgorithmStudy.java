package ndoe.controller.study;

import java.util.List;
import java.util.function.Consumer;
import ndoe.controller.negotiation.Bounds;
import ndoe.controller.negotiation.LinearNegotiation;
import ndoe.controller.negotiation.LinearNegotiation.Central;
import ndoe.controller.negotiation.LinearNegotiation.Outcome;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.program.ConvexSolver;
import ndoe.cosim.validation.AcValidator;
import ndoe.feeders.Scenario;

/**
 * How variants of the algorithm get to the same agreement, against the central optimum, with the
 * margins that the operator finds alone and no further look at the AC network (method, 14).
 */
public final class AlgorithmStudy {
  private static final int RANDOM_POINTS = 20;

  private final Scenario scenario;
  private final OfferSafety safety;
  private final LinearNegotiation negotiation;
  private final Central central;

  /** Prepares what all variants share. */
  public AlgorithmStudy(Scenario scenario, ConvexSolver solver, AcValidator judge) {
    this.scenario = scenario;
    this.safety = new OfferSafety(scenario, judge, RANDOM_POINTS);
    this.negotiation = LinearNegotiation.withMargins(scenario, solver, judge);
    this.central = negotiation.central();
  }

  /** What all variants should come to. */
  public Central central() {
    return central;
  }

  /** Runs every variant twice: the first run is watched, the second is timed. */
  public List<AlgorithmResult> run(
      List<AlgorithmVariant> variants, Consumer<AlgorithmResult> progress) {
    return variants.stream().map(this::run).peek(progress).toList();
  }

  private AlgorithmResult run(AlgorithmVariant variant) {
    OfferWatch watch = new OfferWatch(safety);
    long seed = scenario.seed();
    negotiation.negotiate(variant.settings(), variant.post(seed), watch);
    Outcome outcome =
        negotiation.negotiate(variant.settings(), variant.post(seed), NegotiationListener.SILENT);
    Bounds bounds = outcome.bounds();
    return new AlgorithmResult(
        variant,
        outcome,
        gap(bounds.upper(), bounds),
        watch.linearViolations(),
        watch.acViolations(),
        watch.rounds().stream()
            .map(
                seen ->
                    new AlgorithmRound(
                        variant.name(),
                        seen.round(),
                        gap(seen.round().objective(), bounds),
                        seen.linearViolations(),
                        seen.acViolations()))
            .toList());
  }

  private double gap(double objective, Bounds bounds) {
    return (objective - central.objective()) / bounds.scale();
  }
}
