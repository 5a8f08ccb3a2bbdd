package ndoe.controller.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ndoe.cosim.validation.ErrorDistribution;
import ndoe.cosim.validation.Examination;
import ndoe.cosim.validation.ForecastShare;
import ndoe.cosim.validation.Outage;
import ndoe.cosim.validation.Tried;
import ndoe.cosim.validation.Verdict;
import ndoe.cosim.validation.Violation;
import ndoe.cosim.validation.Violation.Kind;
import ndoe.cosim.validation.WorstValue;
import ndoe.feeders.Scenario;

/** What the judge did and found, for people. */
record ExaminationText(Scenario scenario, Examination examination) {
  private static final int MOST_LINES = 20;

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(Terminal.verdict(examination.verdict(), scenario));
    lines.add("  " + tried());
    worst("lowest voltage", examination.lowestVoltage()).ifPresent(lines::add);
    worst("highest voltage", examination.highestVoltage()).ifPresent(lines::add);
    worst("highest loading", examination.highestLoading()).ifPresent(lines::add);
    lines.addAll(forecastErrors());
    examination.outages().forEach(outage -> lines.add("  " + outage(outage)));
    if (examination.verdict() instanceof Verdict.Violated violated) {
      violated.violations().stream()
          .limit(MOST_LINES)
          .forEach(violation -> lines.add("  " + line(violation)));
      if (violated.violations().size() > MOST_LINES) {
        lines.add("  and " + (violated.violations().size() - MOST_LINES) + " more");
      }
    }
    return lines;
  }

  private String tried() {
    Tried tried = examination.tried();
    return text(
        "tried: %d corners, %d points of the plan, %d random points, %d in search of the worst case",
        tried.corners(), tried.dispatches(), tried.randomPoints(), tried.searched());
  }

  private Optional<String> worst(String what, Optional<WorstValue> found) {
    return found.map(
        worst ->
            worst.kind() == Kind.LINE_RATING
                ? text(
                    "  %s  %.1f %% of line %s at %s, %s: %.0f kVA left",
                    what,
                    100 * worst.fraction(),
                    worst.element(),
                    scenario.horizon().startOf(worst.interval()),
                    worst.point().name(),
                    worst.margin())
                : text(
                    "  %s  %.4f pu at bus %s at %s, %s: %.4f pu left",
                    what,
                    worst.value(),
                    worst.element(),
                    scenario.horizon().startOf(worst.interval()),
                    worst.point().name(),
                    worst.margin()));
  }

  /** One line per distribution, with the operating point where limits break most often. */
  private List<String> forecastErrors() {
    List<String> lines = new ArrayList<>();
    for (ErrorDistribution distribution : ErrorDistribution.values()) {
      examination.forecastShares().stream()
          .filter(share -> share.distribution() == distribution)
          .max(Comparator.comparingLong(ForecastShare::violated))
          .ifPresent(share -> lines.add("  " + line(share)));
    }
    return lines;
  }

  private static String line(ForecastShare share) {
    String line =
        text(
            "forecast errors, %s: %.2f %% of %d draws break a limit at the %s"
                + " (95 %% confidence: %.2f to %.2f %%)",
            share.distribution().label(),
            100 * share.share(),
            share.draws(),
            share.point(),
            100 * share.lowestShare(),
            100 * share.highestShare());
    if (share.promised() == 1) {
      return line + "; nothing is promised";
    }
    String promised = text("; promised at most %.2f %%", 100 * share.promised());
    if (share.breaksPromise()) {
      return line + promised + ": BROKEN";
    }
    return line + promised + (share.abovePromise() ? ": above it, perhaps by chance" : "");
  }

  private String outage(Outage outage) {
    if (outage.violations().isEmpty()) {
      return "without " + outage.asset() + ": no limit broken at the corners";
    }
    return text(
        "without %s: %d broken limits at the corners, worst %s",
        outage.asset(), outage.violations().size(), line(outage.violations().get(0)).trim());
  }

  /** One broken limit with where, what and by how much. */
  String line(Violation violation) {
    return text(
        "%s  %-14s %-16s %-6s %.4f %s (limit %.4f)",
        scenario.horizon().startOf(violation.interval()),
        violation.point(),
        violation.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        violation.element(),
        violation.value(),
        violation.kind().unit(),
        violation.limit());
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
