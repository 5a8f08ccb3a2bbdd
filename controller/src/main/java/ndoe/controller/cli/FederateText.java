package ndoe.controller.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import ndoe.cosim.helics.PointExchange;
import ndoe.cosim.helics.TwinStep;
import ndoe.feeders.Scenario;

/** What a person reads of the twin in a federation: a line per solution. */
final class FederateText {
  private final PrintWriter out;
  private final Scenario scenario;
  private List<String> planned;
  private int steps;
  private int stepsBroken;

  FederateText(PrintWriter out, Scenario scenario) {
    this.out = out;
    this.scenario = scenario;
  }

  void step(TwinStep step) {
    steps++;
    if (!step.violations().isEmpty() || step.outsideEnvelope() > 0) {
      stepsBroken++;
    }
    sources(step);
    out.printf(
        Locale.ROOT,
        "%s t=%.3f s  %s%n",
        scenario.horizon().startOf(step.interval()).toLocalTime(),
        step.timeSeconds(),
        found(step));
    step.points().stream()
        .filter(point -> step.outsideEnvelope() > 0 && point.outsideEnvelopeKw() > 0)
        .forEach(this::outside);
    out.flush();
  }

  private static String found(TwinStep step) {
    if (!step.state().converged()) {
      return "no solution";
    }
    return String.format(
        Locale.ROOT,
        "%.4f to %.4f pu, losses %.1f kW, broken: %d network limits, %d envelopes",
        step.state().voltagesPu().stream().min().orElse(Double.NaN),
        step.state().voltagesPu().stream().max().orElse(Double.NaN),
        step.state().lossesKw(),
        step.violations().size(),
        step.outsideEnvelope());
  }

  private void outside(PointExchange point) {
    out.printf(
        Locale.ROOT,
        "  %s draws %.3f kW, allowed is %.3f to %.3f kW%n",
        point.prosumer(),
        point.netImportKw(),
        -point.envelope().exportLimitKw(),
        point.envelope().importLimitKw());
  }

  /** Says who is driven by a federate and who is not, whenever that changes. */
  private void sources(TwinStep step) {
    List<String> now =
        step.points().stream()
            .filter(point -> !point.published())
            .map(point -> point.prosumer().value())
            .toList();
    if (now.equals(planned)) {
      return;
    }
    planned = now;
    List<String> driven =
        step.points().stream()
            .filter(PointExchange::published)
            .map(point -> point.prosumer().value())
            .toList();
    out.println("from federates: " + (driven.isEmpty() ? "none" : String.join(", ", driven)));
    out.println(
        "as planned, nobody publishes them: " + (now.isEmpty() ? "none" : String.join(", ", now)));
  }

  void end(boolean wholeDay) {
    out.printf(
        "%s: %d solutions, %d with a broken limit%n",
        wholeDay ? "end of the day" : "the federation was ended before the day was",
        steps,
        stepsBroken);
    out.flush();
  }

  boolean limitsBroken() {
    return stepsBroken > 0;
  }
}
