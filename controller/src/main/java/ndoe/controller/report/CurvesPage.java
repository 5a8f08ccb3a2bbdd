package ndoe.controller.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A study as one page that needs nothing else: a table and curves over rounds. */
public final class CurvesPage {
  private CurvesPage() {}

  /**
   * The page.
   *
   * @param lead what the study is about, for somebody who has not read the method
   * @param headings of the table; the first column is words, the others are numbers
   */
  public static String html(
      String title,
      String lead,
      List<String> headings,
      List<List<String>> rows,
      List<Curves> charts) {
    return new Page(
            title + " – NDOE",
            "<h1>%s</h1>\n<p class=lead>%s</p>\n".formatted(Html.text(title), Html.text(lead)),
            Page.section("Variants", table(headings, rows)) + sections(charts),
            "",
            json(charts),
            Page.script("curves.js"))
        .html();
  }

  private static String table(List<String> headings, List<List<String>> rows) {
    Table table = new Table("Variants").words(headings.get(0));
    headings.stream().skip(1).forEach(table::numbers);
    rows.forEach(row -> table.row(row.toArray(String[]::new)));
    return table.html();
  }

  private static String sections(List<Curves> charts) {
    StringBuilder html = new StringBuilder();
    for (int number = 0; number < charts.size(); number++) {
      Curves chart = charts.get(number);
      html.append(
          Page.section(chart.heading(), Page.bareChart(Integer.toString(number), chart.heading())));
    }
    return html.toString();
  }

  private static String json(List<Curves> charts) {
    List<Map<String, Object>> content = new ArrayList<>();
    for (Curves chart : charts) {
      List<Map<String, Object>> series = new ArrayList<>();
      chart.series().forEach((name, values) -> series.add(Map.of("name", name, "values", values)));
      content.add(Map.of("quantity", chart.quantity(), "series", series));
    }
    try {
      return new ObjectMapper().writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
