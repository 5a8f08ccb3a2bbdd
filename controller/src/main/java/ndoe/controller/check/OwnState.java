package ndoe.controller.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.powerflow.FeederUse;
import ndoe.cosim.powerflow.GridState;
import ndoe.cosim.powerflow.Injections;
import ndoe.cosim.powerflow.PowerFlow;
import ndoe.cosim.validation.NetworkLimits;
import ndoe.cosim.validation.Violation;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;
import ndoe.feeders.Scenario;

/**
 * The feeder over the horizon when nothing is negotiated: every connection point exchanges the same
 * in every interval, the operator’s assets stand still. Solved by OpenDSS.
 *
 * @param name what the connection points do
 * @param lowestVoltagePu of all buses and intervals, per unit; NaN when an interval has no solution
 * @param highestVoltagePu likewise
 * @param highestLoadingFraction of the most loaded line, fraction of its rating
 * @param brokenIntervals in which a limit does not hold
 * @param worst the broken limit that is farthest off
 */
record OwnState(
    String name,
    double lowestVoltagePu,
    double highestVoltagePu,
    double highestLoadingFraction,
    int brokenIntervals,
    Optional<Violation> worst) {

  /**
   * Nobody exchanges anything; everybody draws, then feeds in, what its default envelope allows.
   */
  static List<OwnState> all(Scenario scenario) {
    try (PowerFlow powerFlow = OpenDssPowerFlow.positiveSequence(scenario.feeder())) {
      return List.of(
          of("passive load alone", scenario, powerFlow, point -> 0),
          of(
              "everybody importing its default envelope",
              scenario,
              powerFlow,
              point -> point.defaultEnvelope().importLimitKw()),
          of(
              "everybody exporting its default envelope",
              scenario,
              powerFlow,
              point -> -point.defaultEnvelope().exportLimitKw()));
    }
  }

  private static OwnState of(
      String name,
      Scenario scenario,
      PowerFlow powerFlow,
      ToDoubleFunction<ConnectionPoint> netImportKw) {
    Feeder feeder = scenario.feeder();
    FeederUse use =
        new FeederUse(feeder, scenario.passiveLoads(), scenario.connectionPoints(), List.of());
    NetworkLimits limits = new NetworkLimits(feeder);
    double[] exchange = scenario.connectionPoints().stream().mapToDouble(netImportKw).toArray();
    Injections injections = use.injections();
    List<GridState> states = new ArrayList<>();
    List<Violation> worst = new ArrayList<>();
    for (int interval = 0; interval < scenario.horizon().intervals(); interval++) {
      use.put(interval, exchange, injections);
      GridState state = powerFlow.solveRegulated(injections);
      states.add(state);
      limits.check(state, interval, name).stream().reduce(OwnState::worse).ifPresent(worst::add);
    }
    return new OwnState(
        name,
        states.stream()
            .mapToDouble(s -> s.voltagesPu().stream().min().orElse(Double.NaN))
            .min()
            .orElse(Double.NaN),
        states.stream()
            .mapToDouble(s -> s.voltagesPu().stream().max().orElse(Double.NaN))
            .max()
            .orElse(Double.NaN),
        states.stream().mapToDouble(state -> loading(state, feeder)).max().orElse(Double.NaN),
        worst.size(),
        worst.stream().reduce(OwnState::worse));
  }

  private static double loading(GridState state, Feeder feeder) {
    double[] loadingKva = state.lineLoadingKva().toArray();
    double highest = 0;
    for (int line = 0; line < loadingKva.length; line++) {
      highest = Math.max(highest, loadingKva[line] / feeder.lines().get(line).ratingKva());
    }
    return highest;
  }

  private static Violation worse(Violation one, Violation other) {
    return beyond(one) >= beyond(other) ? one : other;
  }

  private static double beyond(Violation violation) {
    return violation.kind() == Violation.Kind.NOT_CONVERGED
        ? Double.POSITIVE_INFINITY
        : Math.abs(violation.value() / violation.limit() - 1);
  }

  /** Voltages and loading in one line. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s: %.4f to %.4f pu, lines up to %.0f %% of their rating",
        name,
        lowestVoltagePu,
        highestVoltagePu,
        100 * highestLoadingFraction);
  }

  /** What to say when a limit is broken. */
  Optional<String> warning(Scenario scenario) {
    return worst.map(
        violation ->
            "%s breaks a limit in %d of %d intervals, worst %s"
                .formatted(
                    name,
                    brokenIntervals,
                    scenario.horizon().intervals(),
                    text(violation, scenario)));
  }

  private static String text(Violation violation, Scenario scenario) {
    var time = scenario.horizon().startOf(violation.interval());
    if (violation.kind() == Violation.Kind.NOT_CONVERGED) {
      return "at %s, where the power flow has no solution".formatted(time);
    }
    boolean line = violation.kind() == Violation.Kind.LINE_RATING;
    return String.format(
        Locale.ROOT,
        line
            ? "at %s: line %s carries %.1f %s, its rating is %.1f"
            : "at %s: bus %s has %.4f %s, the limit is %.4f",
        time,
        violation.element(),
        violation.value(),
        violation.kind().unit(),
        violation.limit());
  }
}
