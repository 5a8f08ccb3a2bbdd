package ndoe.controller.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import ndoe.controller.report.Curves;
import ndoe.controller.report.CurvesPage;

/** The algorithm study as a page. */
public final class AlgorithmPage {
  private AlgorithmPage() {}

  /** The page of these results for a scenario of this name. */
  public static String html(String scenario, List<AlgorithmResult> results) {
    return CurvesPage.html(
        "Ways to agree on " + scenario,
        "Operator and prosumers come to the same agreement by different loops, penalties and steps."
            + " Gaps are to the optimum of one program that decides for all. Violations are of all"
            + " offers of all rounds, on the linear + on the AC network: whenever a negotiation is"
            + " cut off, the last offers count. Sweeps are how often every prosumer plans. Point at"
            + " a curve to see it alone.",
        AlgorithmTable.HEADINGS,
        results.stream().map(AlgorithmTable::line).toList(),
        List.of(
            chart(results, "Mismatch", "largest mismatch, kW", r -> r.round().mismatchKw()),
            chart(
                results,
                "Movement",
                "largest movement, currency per kWh",
                r -> r.round().movementPerKwh()),
            chart(
                results,
                "Objective",
                "|objective − optimum|, %",
                r -> 100 * Math.abs(r.gapFraction()))));
  }

  private static Curves chart(
      List<AlgorithmResult> results,
      String heading,
      String quantity,
      ToDoubleFunction<AlgorithmRound> value) {
    Map<String, List<Double>> series = new LinkedHashMap<>();
    results.forEach(
        result ->
            series.put(
                result.variant().name(),
                result.rounds().stream().mapToDouble(value).boxed().toList()));
    return new Curves(heading, quantity, series);
  }
}
