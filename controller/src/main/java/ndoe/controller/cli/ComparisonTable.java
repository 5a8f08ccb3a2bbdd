package ndoe.controller.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import ndoe.controller.study.Comparison;
import ndoe.controller.study.ComparisonRow;

/** A comparison as a table of plain text, not wider than 100 columns for sums below a million. */
final class ComparisonTable {
  private ComparisonTable() {}

  static List<String> lines(Comparison comparison) {
    String currency = comparison.scenario().tariff().currency();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "",
            "network",
            "prosumers",
            "total",
            "P2P",
            "cut",
            "broken",
            "limits",
            "at",
            "area",
            "",
            "gap",
            "time"));
    rows.add(
        List.of(
            "case", currency, currency, currency, "kWh", "kWh", "disp.", "corners", "random", "MWh",
            "rounds", "%", "s"));
    comparison.rows().forEach(row -> rows.add(cells(row)));
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> cells(ComparisonRow row) {
    return List.of(
        row.compared().toString() + (row.brokeItsPromise() ? "!" : ""),
        fixed(row.operatorCost().network(), 1),
        fixed(row.prosumerCost(), 1),
        fixed(row.totalCost(), 1),
        fixed(row.peerEnergyKwh(), 0),
        fixed(row.curtailedKwh(), 0),
        Integer.toString(row.dispatches().count()),
        Integer.toString(row.corners().count()),
        Integer.toString(row.randomPoints().count()),
        fixed(row.envelopeAreaMwh(), 1),
        Integer.toString(row.rounds()),
        percent(row.gapFraction()),
        fixed(row.took().toMillis() / 1000.0, 1));
  }

  private static String fixed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }

  private static String percent(OptionalDouble fraction) {
    return fraction.isPresent() ? fixed(100 * fraction.getAsDouble(), 3) : "-";
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      String room = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? cell + room : " " + room + cell);
    }
    return line.toString().stripTrailing();
  }
}
