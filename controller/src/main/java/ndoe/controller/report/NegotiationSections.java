package ndoe.controller.report;

import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;
import ndoe.controller.journal.RenewalRow;
import ndoe.controller.journal.RoundRow;

/** How the parties came together, round by round; nothing when they did not negotiate. */
final class NegotiationSections {
  private final Day day;
  private final List<RoundRow> rounds;

  NegotiationSections(Day day) {
    this.day = day;
    rounds = day.agreement().rounds();
  }

  String html() {
    if (rounds.isEmpty()) {
      return "";
    }
    return Page.section(
            "Negotiation",
            "<div class=grid>\n<div class=cell>"
                + Page.chart("convergence", mismatches())
                + "</div>\n<div class=cell>"
                + Page.chart("objective", objective())
                + "</div>\n</div>\n"
                + table().folded("The numbers of these charts"))
        + again();
  }

  /** The negotiations while the run went on, if there were some. */
  private String again() {
    List<RenewalRow> renewals = day.agreement().renewals();
    if (renewals.isEmpty()) {
      return "";
    }
    IntSummaryStatistics took = renewals.stream().mapToInt(RenewalRow::rounds).summaryStatistics();
    String text =
        ("While the run went on the parties negotiated %d times about what was left; %d outcomes"
                + " came into force. They took %d to %d rounds, %s on average.")
            .formatted(
                renewals.size(),
                renewals.stream().filter(RenewalRow::inForce).count(),
                took.getMin(),
                took.getMax(),
                Figures.three(took.getAverage()));
    Table table =
        new Table("Negotiations while the run went on")
            .words("decided upon at")
            .words("about what begins at")
            .words("start")
            .numbers("rounds")
            .words("outcome")
            .numbers("objective of what is left, " + day.run().scenario().currency())
            .numbers("s");
    for (RenewalRow row : renewals) {
      table.row(
          row.intervalStart().toString().replace('T', ' '),
          row.negotiatedFrom().toString().replace('T', ' '),
          row.warm() ? "warm" : "cold",
          Figures.count(row.rounds()),
          row.inForce() ? "in force" : row.reason(),
          Double.isNaN(row.objective()) ? "" : Figures.money(row.objective()),
          Figures.three(row.elapsed().toMillis() / 1000.0));
    }
    return Page.section(
        "Negotiated again", "<p>" + Html.text(text) + "</p>" + table.folded("Each of them"));
  }

  private RoundRow last() {
    return rounds.get(rounds.size() - 1);
  }

  private String mismatches() {
    return "After %d rounds offers and requests are at most %s kW apart, plans and trades %s kW%s."
        .formatted(
            last().round(),
            Figures.three(last().envelopeMismatchKw()),
            Figures.three(last().balanceMismatchKw()),
            day.run().toleranceKw().isPresent()
                ? "; the tolerance is " + Figures.three(day.run().toleranceKw()) + " kW"
                : "");
  }

  private String objective() {
    String currency = day.run().scenario().currency();
    if (last().lowerBound().isEmpty() || last().upperBound().isEmpty()) {
      return "The objective ends at %s %s; no bounds were asked for."
          .formatted(Figures.money(last().objective()), currency);
    }
    OptionalDouble gap =
        day.run().agreed().map(agreed -> agreed.gapFraction()).orElse(OptionalDouble.empty());
    return "What was agreed costs %s %s; nothing below %s %s is possible%s."
        .formatted(
            Figures.money(last().upperBound().getAsDouble()),
            currency,
            Figures.money(last().lowerBound().getAsDouble()),
            currency,
            gap.isPresent() ? ": a gap of " + Figures.percent(gap.getAsDouble()) : "");
  }

  private Table table() {
    String currency = day.run().scenario().currency();
    Table table =
        new Table("Rounds of the negotiation")
            .numbers("round")
            .numbers("AC pass")
            .numbers("cycles")
            .numbers("offers and requests apart, kW")
            .numbers("plans and trades apart, kW")
            .numbers("offers moved, " + currency + "/kWh")
            .numbers("trades moved, " + currency + "/kWh")
            .numbers("objective, " + currency)
            .words("mode")
            .numbers("messages")
            .numbers("s");
    for (RoundRow row : rounds) {
      table.row(
          Figures.count(row.round()),
          Figures.count(row.feedbackPass()),
          Figures.count(row.cycles()),
          Figures.three(row.envelopeMismatchKw()),
          Figures.three(row.balanceMismatchKw()),
          Figures.three(row.envelopeMovementPerKwh()),
          Figures.three(row.tradeMovementPerKwh()),
          Figures.money(row.objective()),
          row.mode(),
          Figures.count(row.messages()),
          Figures.three(row.elapsed().toMillis() / 1000.0));
    }
    return table;
  }
}
