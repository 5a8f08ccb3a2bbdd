package ndoe.controller.study;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ndoe.controller.message.Terms;
import ndoe.controller.negotiation.Effort;
import ndoe.controller.negotiation.Round;

/** Results of the algorithm study as text, for programs and for people. */
public final class AlgorithmTable {
  private static final String VARIANTS =
      "variant,trading,cycles_most,trade_penalty,correction_step,envelope_weight,relaxation,"
          + "platform,lost_fraction,agreed,rounds,cycles,messages,payload_bytes,seconds,work_seconds,"
          + "objective,objective_gap_fraction,certified_gap_fraction,linear_violations,"
          + "ac_violations";
  private static final String ROUNDS =
      "variant,round,cycles,envelope_mismatch_kw,balance_mismatch_kw,envelope_movement_per_kwh,"
          + "trade_movement_per_kwh,objective,objective_gap_fraction,mode,messages,payload_bytes,"
          + "linear_violations,ac_violations";

  private AlgorithmTable() {}

  /** One line per variant; money is in the scenario’s currency. */
  public static String variantsCsv(List<AlgorithmResult> results) {
    return csv(VARIANTS, results.stream().map(AlgorithmTable::variant));
  }

  /** One line per round of every variant. */
  public static String roundsCsv(List<AlgorithmResult> results) {
    return csv(
        ROUNDS, results.stream().flatMap(r -> r.rounds().stream()).map(AlgorithmTable::round));
  }

  private static String csv(String header, Stream<List<Object>> rows) {
    return rows.map(row -> row.stream().map(AlgorithmTable::field).collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n", header + "\n", "\n"));
  }

  private static String field(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.8g", number)
        : String.valueOf(value);
  }

  private static List<Object> variant(AlgorithmResult result) {
    AlgorithmVariant variant = result.variant();
    Terms terms = variant.terms();
    Effort effort = result.outcome().effort();
    return List.of(
        variant.name(),
        terms.tradeMethod().name().toLowerCase(Locale.ROOT),
        terms.mostCycles(),
        terms.tradePenalty(),
        terms.correctionStep(),
        terms.envelopeWeight(),
        terms.relaxation(),
        !variant.amongNeighbours(),
        variant.lostFraction(),
        effort.agreed(),
        effort.rounds(),
        effort.cycles(),
        effort.messages(),
        effort.payloadBytes(),
        result.outcome().elapsed().toNanos() / 1e9,
        result.outcome().work().toNanos() / 1e9,
        result.outcome().bounds().upper(),
        result.objectiveGapFraction(),
        result.outcome().bounds().gapFraction(),
        result.linearViolations(),
        result.acViolations());
  }

  private static List<Object> round(AlgorithmRound row) {
    Round round = row.round();
    return List.of(
        row.variant(),
        round.number(),
        round.cycles(),
        round.envelopeMismatchKw(),
        round.balanceMismatchKw(),
        round.envelopeMovementPerKwh(),
        round.tradeMovementPerKwh(),
        round.objective(),
        row.gapFraction(),
        round.singleSweep() ? "single-sweep" : "nested",
        round.messages(),
        round.payloadBytes(),
        row.linearViolations(),
        row.acViolations());
  }

  /** What the columns of {@link #line} are. */
  public static final List<String> HEADINGS =
      List.of(
          "variant",
          "rounds",
          "sweeps",
          "messages",
          "kB",
          "s",
          "CPU s",
          "gap %",
          "certified %",
          "violations");

  /** A variant as people read it; violations on the linear and the AC network together. */
  public static List<String> line(AlgorithmResult result) {
    Effort effort = result.outcome().effort();
    return List.of(
        result.variant().name(),
        effort.rounds() + (effort.agreed() ? "" : " not agreed"),
        Integer.toString(effort.cycles()),
        Long.toString(effort.messages()),
        Long.toString(effort.payloadBytes() / 1000),
        number("%.2f", result.outcome().elapsed().toNanos() / 1e9),
        number("%.2f", result.outcome().work().toNanos() / 1e9),
        number("%.4f", 100 * result.objectiveGapFraction()),
        number("%.4f", 100 * result.outcome().bounds().gapFraction()),
        result.linearViolations() + "+" + result.acViolations());
  }

  /** A line of the table on the terminal. */
  public static String text(List<String> cells) {
    return String.format(
            Locale.ROOT, "%-26s %8s %7s %9s %7s %7s %7s %9s %12s %11s", cells.toArray())
        .stripTrailing();
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
