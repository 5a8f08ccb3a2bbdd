package ndoe.controller.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Rows of a study as text, for programs and for people. */
public final class StudyTable {
  private static final List<String> HEADER =
      List.of(
          "hedging",
          "history_days",
          "samples",
          "sum_confidence",
          "maximum_confidence",
          "prosumer",
          "promise",
          "mean_cost",
          "standard_error",
          "cvar_95",
          "dearer_share",
          "promise_kept",
          "shed_kwh",
          "plan_seconds");

  private StudyTable() {}

  /** The lines of a CSV file; costs are in the scenario’s currency per day. */
  public static String csv(List<StudyRow> rows) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(HEADER);
      rows.forEach(row -> csv.writeRecord(fields(row)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static List<String> fields(StudyRow row) {
    StudySetting setting = row.setting();
    OutOfSample result = row.outOfSample();
    return List.of(
        setting.hedging().label(),
        Integer.toString(setting.historyDays()),
        Integer.toString(setting.samples()),
        sumConfidence(setting),
        maximumConfidence(setting),
        row.prosumer(),
        number("%.4f", row.promise()),
        number("%.4f", result.meanCost()),
        number("%.4f", result.standardError()),
        number("%.4f", result.tailMeanCost()),
        number("%.4f", result.dearerShare()),
        Boolean.toString(result.promiseKept()),
        number("%.4f", result.shedKwh()),
        number("%.3f", row.planSeconds()));
  }

  /** One line per setting, for all prosumers together, with how many promises were kept. */
  public static String text(List<StudyRow> rows, String currency) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-12s %4s %3s %6s %6s %11s %11s %8s %11s %7s %9s %9s %7s%n"
            .formatted(
                "hedging",
                "M",
                "K",
                "α₁",
                "α∞",
                "promise",
                "mean",
                "± error",
                "CVaR 95 %",
                "dearer",
                "kept",
                "shed kWh",
                "plan s"));
    rows.stream()
        .filter(row -> row.prosumer().equals(StudyRow.ALL))
        .forEach(row -> text.append(line(row, rows)));
    text.append("Costs in ").append(currency).append(" per day, all prosumers together. ");
    text.append("Kept: mean at most promise + error, by prosumer; + together.\n");
    return text.toString();
  }

  private static String line(StudyRow all, List<StudyRow> rows) {
    List<StudyRow> single =
        rows.stream()
            .filter(row -> row.setting().equals(all.setting()))
            .filter(row -> !row.prosumer().equals(StudyRow.ALL))
            .toList();
    long kept = single.stream().filter(row -> row.outOfSample().promiseKept()).count();
    StudySetting setting = all.setting();
    OutOfSample result = all.outOfSample();
    return String.format(
        Locale.ROOT,
        "%-12s %4d %3d %6s %6s %11.2f %11.2f %8.2f %11.2f %5.1f %% %9s %9.2f %7.2f%n",
        setting.hedging().label(),
        setting.historyDays(),
        setting.samples(),
        sumConfidence(setting),
        maximumConfidence(setting),
        all.promise(),
        result.meanCost(),
        result.standardError(),
        result.tailMeanCost(),
        100 * result.dearerShare(),
        kept + "/" + single.size() + (result.promiseKept() ? " +" : " -"),
        result.shedKwh(),
        all.planSeconds());
  }

  private static String sumConfidence(StudySetting setting) {
    return setting.hedging().boundsSum() ? number("%.4g", setting.sumConfidence()) : "";
  }

  private static String maximumConfidence(StudySetting setting) {
    return setting.hedging().boundsMaximum() ? number("%.4g", setting.maximumConfidence()) : "";
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
