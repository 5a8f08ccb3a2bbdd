package ndoe.controller.study;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import ndoe.controller.negotiation.Effort;

/** Results of the scale study as text, for programs and for people. */
public final class ScaleTable {
  private static final String COLUMNS =
      "prosumers,intervals,samples,agreed,rounds,cycles,work_seconds,seconds,central_seconds,"
          + "objective_gap_fraction,certified_gap_fraction,messages,payload_bytes";

  /** Names of the columns on the terminal. */
  public static final String HEADING =
      String.format(
          "%9s %9s %7s %8s %7s %9s %8s %10s %8s %12s %9s %9s",
          "prosumers",
          "intervals",
          "samples",
          "rounds",
          "cycles",
          "CPU s",
          "s",
          "central s",
          "gap %",
          "certified %",
          "messages",
          "kB");

  private ScaleTable() {}

  /** One line per number of prosumers; what was skipped is empty. */
  public static String csv(List<ScaleResult> results) {
    return results.stream()
        .map(ScaleTable::row)
        .collect(Collectors.joining("\n", COLUMNS + "\n", "\n"));
  }

  private static String row(ScaleResult result) {
    Effort effort = result.outcome().effort();
    return String.format(
        Locale.ROOT,
        "%d,%d,%d,%b,%d,%d,%.3f,%.3f,%s,%s,%.8f,%d,%d",
        result.prosumers(),
        result.intervals(),
        result.samples(),
        effort.agreed(),
        effort.rounds(),
        effort.cycles(),
        result.workSeconds(),
        result.seconds(),
        number("%.3f", result.centralSeconds(), 1),
        number("%.8f", result.objectiveGapFraction(), 1),
        result.outcome().bounds().gapFraction(),
        effort.messages(),
        effort.payloadBytes());
  }

  /** A line on the terminal. */
  public static String line(ScaleResult result) {
    Effort effort = result.outcome().effort();
    return String.format(
        Locale.ROOT,
        "%9d %9d %7d %8s %7d %9.2f %8.2f %10s %8s %12.4f %9d %9d",
        result.prosumers(),
        result.intervals(),
        result.samples(),
        effort.rounds() + (effort.agreed() ? "" : "!"),
        effort.cycles(),
        result.workSeconds(),
        result.seconds(),
        number("%.2f", result.centralSeconds(), 1),
        number("%.4f", result.objectiveGapFraction(), 100),
        100 * result.outcome().bounds().gapFraction(),
        effort.messages(),
        effort.payloadBytes() / 1000);
  }

  private static String number(String format, OptionalDouble value, double factor) {
    return value.isPresent()
        ? String.format(Locale.ROOT, format, factor * value.getAsDouble())
        : "";
  }
}
