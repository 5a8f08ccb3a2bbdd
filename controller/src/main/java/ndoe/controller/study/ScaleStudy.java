package ndoe.controller.study;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import ndoe.controller.message.Post;
import ndoe.controller.message.Terms;
import ndoe.controller.negotiation.LinearNegotiation;
import ndoe.controller.negotiation.LinearNegotiation.Central;
import ndoe.controller.negotiation.LinearNegotiation.Outcome;
import ndoe.controller.negotiation.NegotiationListener;
import ndoe.controller.negotiation.Settings;
import ndoe.controller.program.ConvexSolver;
import ndoe.feeders.Scenario;

/** How the effort to agree grows with the number of prosumers (method, section 14). */
public final class ScaleStudy {
  private static final int QUARTERLY_PROSUMERS = 32;
  private static final int QUARTERLY_SAMPLES = 5;

  private final Scenario scenario;
  private final ConvexSolver solver;
  private final int mostCentral;

  /**
   * A study of one scenario.
   *
   * @param mostCentral prosumers up to which one program for all is solved as well
   */
  public ScaleStudy(Scenario scenario, ConvexSolver solver, int mostCentral) {
    this.scenario = scenario;
    this.solver = solver;
    this.mostCentral = mostCentral;
  }

  /** Negotiates with every number of prosumers, after once with the first to get warm. */
  public List<ScaleResult> run(List<Integer> prosumers, Consumer<ScaleResult> progress) {
    negotiate(ScaledScenario.of(scenario, prosumers.get(0)));
    List<ScaleResult> results = new ArrayList<>();
    for (int number : prosumers) {
      ScaleResult result = measured(ScaledScenario.of(scenario, number), number <= mostCentral);
      progress.accept(result);
      results.add(result);
    }
    return results;
  }

  /** The large case: 32 prosumers, four times the intervals, 5 samples. */
  public ScaleResult quarterly() {
    Scenario scaled = ScaledScenario.of(scenario, QUARTERLY_PROSUMERS);
    return measured(QuarterHours.of(scaled, QUARTERLY_SAMPLES), false);
  }

  private ScaleResult measured(Scenario scaled, boolean withCentral) {
    LinearNegotiation negotiation = LinearNegotiation.withoutMargins(scaled, solver);
    Outcome outcome = negotiate(negotiation, scaled);
    OptionalDouble seconds = OptionalDouble.empty();
    OptionalDouble gap = OptionalDouble.empty();
    if (withCentral) {
      Central central = negotiation.central();
      double distance = outcome.bounds().upper() - central.objective();
      seconds = OptionalDouble.of(central.elapsed().toNanos() / 1e9);
      gap = OptionalDouble.of(distance / outcome.bounds().scale());
    }
    return new ScaleResult(
        scaled.prosumers().size(),
        scaled.horizon().intervals(),
        scaled.uncertainty().scenarios(),
        outcome,
        seconds,
        gap);
  }

  private void negotiate(Scenario scaled) {
    negotiate(LinearNegotiation.withoutMargins(scaled, solver), scaled);
  }

  // Penalties are per MW²: sites a fraction of the size need larger ones, but the more parties have
  // to agree, the less each may insist.
  private Outcome negotiate(LinearNegotiation negotiation, Scenario scaled) {
    double more = Math.sqrt((double) scaled.prosumers().size() / scenario.prosumers().size());
    Terms usual = Settings.TERMS;
    Terms terms =
        usual
            .withTradePenalty(more * usual.tradePenalty())
            .withEnvelopeWeight(more * usual.envelopeWeight());
    return negotiation.negotiate(
        new Settings(terms, false, false, false, 0), new Post(), NegotiationListener.SILENT);
  }

  /**
   * Exponent of total work against the number of prosumers, by least squares on logarithms; NaN for
   * less than two numbers.
   */
  public static double exponent(List<ScaleResult> results) {
    double meanX = results.stream().mapToDouble(r -> Math.log(r.prosumers())).average().orElse(0);
    double meanY = results.stream().mapToDouble(r -> Math.log(r.workSeconds())).average().orElse(0);
    double products = 0;
    double squares = 0;
    for (ScaleResult result : results) {
      double x = Math.log(result.prosumers()) - meanX;
      products += x * (Math.log(result.workSeconds()) - meanY);
      squares += x * x;
    }
    return products / squares;
  }
}
