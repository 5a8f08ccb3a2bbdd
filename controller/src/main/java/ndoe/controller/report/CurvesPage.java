package ndoe.controller.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A study as one page that needs nothing else: a table and curves over rounds. */
public final class CurvesPage {
  private static final String RESOURCES = "ndoe/controller/report/";

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
    ChartLibrary library = ChartLibrary.load();
    String script = ChartLibrary.text(RESOURCES + "curves.js");
    return """
    <!doctype html>
    <html lang=en>
    <head>
    <meta charset=utf-8>
    <meta http-equiv=Content-Security-Policy content="default-src 'none'; style-src\
     'unsafe-inline'; script-src %s %s">
    <meta name=viewport content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>%s
    %s</style>
    </head>
    <body>
    """
            .formatted(
                Html.scriptSource(library.script()),
                Html.scriptSource(script),
                Html.text(title + " – NDOE"),
                library.style(),
                ChartLibrary.text(RESOURCES + "report.css"))
        + "<header><h1>%s</h1>\n<p class=lead>%s</p></header>\n<main>\n"
            .formatted(Html.text(title), Html.text(lead))
        + "<p id=trouble class=message hidden></p>\n<noscript><p class=message>Charts need scripts;"
        + " the CSV files beside this page hold the same numbers.</p></noscript>\n"
        + section("Variants", table(headings, rows))
        + sections(charts)
        + "</main>\n<footer><p>Charts by uPlot %s, MIT license.</p>"
            .formatted(Html.text(library.version()))
        + "<details><summary>License of uPlot</summary><pre>%s</pre></details></footer>\n"
            .formatted(Html.text(library.license().strip()))
        + "<script type=application/json id=curves>"
        + Html.json(json(charts))
        + "</script>\n<script>"
        + library.script()
        + "</script>\n<script>"
        + script
        + "</script>\n</body>\n</html>\n";
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
      String place =
          "<div class=chart data-chart=\"%d\" role=img aria-label=\"%s\"></div>\n"
              .formatted(number, Html.text(chart.heading()));
      html.append(section(chart.heading(), place));
    }
    return html.toString();
  }

  private static String section(String heading, String content) {
    return "<section><h2>" + Html.text(heading) + "</h2>\n" + content + "</section>\n";
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
