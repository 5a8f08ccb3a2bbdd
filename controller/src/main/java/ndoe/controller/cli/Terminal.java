package ndoe.controller.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Locale;
import ndoe.controller.journal.RenewalRow;
import ndoe.controller.loop.RunListener;
import ndoe.controller.loop.RunOutcome;
import ndoe.controller.negotiation.Bounds;
import ndoe.controller.negotiation.Round;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.cosim.validation.Verdict;
import ndoe.feeders.Scenario;

/** Tells the user how a run gets on: a bar that moves on a terminal, plain lines elsewhere. */
final class Terminal implements RunListener {
  private final PrintWriter out;
  private final Scenario scenario;
  private final ProgressBar bar;
  private int missed;

  Terminal(PrintWriter out, Scenario scenario) {
    this.out = out;
    this.scenario = scenario;
    bar = new ProgressBar(out);
  }

  @Override
  public void folder(Path folder) {
    say(
        "%s: %d %s, %d prosumers, %s to %s in %d intervals of %d min",
        scenario.name(),
        scenario.feeder().buses().size(),
        scenario.feeder().isBalanced() ? "buses" : "nodes",
        scenario.prosumers().size(),
        scenario.horizon().start(),
        scenario.horizon().end(),
        scenario.horizon().intervals(),
        scenario.horizon().intervalMinutes());
    say("run folder: %s", folder);
  }

  /** Where the run can be asked how it is. */
  void watchedAt(String uri) {
    say("metrics: %s/metrics, health: %s/health, readiness: %s/ready", uri, uri, uri);
  }

  /** Where the run can be looked at, to control it or not. */
  void shownAt(String control, String view) {
    say("live page: %s", control);
    say("read-only: %s", view);
  }

  @Override
  public void feedbackPass(int pass, double marginChange, double objective) {
    say(
        "operator, pass %d: objective %.2f %s, AC margins changed by %.1e pu²",
        pass, objective, scenario.tariff().currency(), marginChange);
  }

  @Override
  public void round(Round round) {
    String state =
        String.format(
            Locale.ROOT,
            "round %3d  offers and requests %8.2f kW apart, plans and trades %8.2f kW,"
                + " prices moved %.4f %s/kWh, objective %.2f, %d cycle%s, %.1f s",
            round.number(),
            round.envelopeMismatchKw(),
            round.balanceMismatchKw(),
            round.movementPerKwh(),
            scenario.tariff().currency(),
            round.objective(),
            round.cycles(),
            round.cycles() == 1 ? "" : "s",
            round.elapsed().toMillis() / 1000.0);
    say("%s", state);
  }

  @Override
  public void reweighted(int round, double envelopeWeight) {
    say("round %d: slow progress, going on with the envelope weight %.2g", round, envelopeWeight);
  }

  @Override
  public void singleSweep(int round) {
    say("round %d: no progress for long, going on in the mode that is proven to converge", round);
  }

  @Override
  public void agreementChecked(int pass, double marginChange, boolean secure) {
    say(
        "AC network, pass %d: %s, margins off by %.1e pu²",
        pass, secure ? "secure" : "a limit is broken", marginChange);
  }

  @Override
  public void bounded(Bounds bounds) {
    say(
        "objective between %.2f and %.2f %s: at most %.3f %% from the optimum",
        bounds.lower(), bounds.upper(), scenario.tariff().currency(), 100 * bounds.gapFraction());
  }

  @Override
  public void notAgreed(int rounds) {
    say(
        "warning: not agreed within %d rounds; the last offers are used, which are safe all the"
            + " same",
        rounds);
  }

  @Override
  public void prosumerPlanned(ProsumerPlan plan) {
    say(
        "prosumer %s: expected cost %.2f %s in the worst distribution",
        plan.prosumer(), plan.cost(), scenario.tariff().currency());
  }

  @Override
  public void shrinkTried(double factor, boolean certified) {
    say("all envelopes times %.4f: %s", factor, certified ? "secure" : "not secure");
  }

  @Override
  public void belowDefault(double shortfallKw) {
    say("warning: the network leaves an envelope %.1f kW below its default", shortfallKw);
  }

  @Override
  public void passiveLoadBreaksLimits(double slack) {
    say("warning: passive load alone breaks a limit of the linear network by %.4f", slack);
  }

  @Override
  public void judged(Verdict verdict) {
    say("%s", verdict(verdict, scenario));
  }

  @Override
  public void connected(int devices, int real) {
    say("devices: %d connected, %d of them real", devices, real);
  }

  @Override
  public void resumed(int interval) {
    if (interval < 0) {
      say("resumed: there was no agreement yet, so the negotiation starts again");
    } else {
      say("resumed: %d of %d intervals are done", interval, scenario.horizon().intervals());
    }
  }

  @Override
  public void renewed(RenewalRow row) {
    say(
        "%s  negotiated again: %d rounds, %.1f s, %s",
        time(row.intervalStart()),
        row.rounds(),
        row.elapsed().toMillis() / 1000.0,
        row.inForce() ? "certified, in force" : "left: " + row.reason());
  }

  /** With its date where that is not the first day’s. */
  private String time(LocalDateTime start) {
    return start.toLocalDate().equals(scenario.horizon().start().toLocalDate())
        ? start.toLocalTime().toString()
        : start.toString();
  }

  @Override
  public void missed(int interval, int steps) {
    missed += steps;
    say(
        "warning: %d interval%s from %s on passed without a step: the one before took too long",
        steps, steps == 1 ? "" : "s", time(scenario.horizon().startOf(interval)));
  }

  @Override
  public void step(int interval, int of, double lowestVoltagePu, double highestVoltagePu) {
    String state =
        "%s  %3d/%d  %.4f to %.4f pu"
            .formatted(
                time(scenario.horizon().startOf(interval)),
                interval + 1,
                of,
                lowestVoltagePu,
                highestVoltagePu);
    if (!bar.interactive()) {
      say("%s", state);
      return;
    }
    bar.draw(interval + 1, of, state);
    if (interval + 1 == of) {
      out.println();
      out.flush();
    }
  }

  void end(RunOutcome outcome, Path folder) {
    say(
        "%s",
        switch (outcome) {
          case DONE -> "done: no limit was broken";
          case NOT_SECURE -> "not secure: see violations.csv in the run folder";
          case DEVICE_IN_DOUBT ->
              "done, but not every setpoint was confirmed: see result and reason in setpoints.csv;"
                  + " those sites were held at their default envelope";
          case STOPPED -> "stopped: every device is at its default envelope";
        });
    if (missed > 0) {
      say("missed: %d steps; a lower --speed leaves more time", missed);
    }
    say("report: %s", folder.resolve("report.html"));
  }

  static String verdict(Verdict verdict, Scenario scenario) {
    if (verdict instanceof Verdict.Certificate certificate) {
      return String.format(
          Locale.ROOT,
          "certified: %d operating points, %.4f to %.4f pu (limits %.2f to %.2f), lines up to %.0f"
              + " %% of their rating",
          certificate.pointsTried(),
          certificate.lowestVoltagePu(),
          certificate.highestVoltagePu(),
          scenario.feeder().voltageLimits().minPu(),
          scenario.feeder().voltageLimits().maxPu(),
          100 * certificate.highestLoadingFraction());
    }
    Verdict.Violated violated = (Verdict.Violated) verdict;
    return String.format(
        Locale.ROOT,
        "NOT certified: %d violations at %d operating points",
        violated.violations().size(),
        violated.pointsTried());
  }

  private void say(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
