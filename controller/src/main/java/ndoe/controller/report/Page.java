package ndoe.controller.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * One HTML file that needs nothing else: style, charts and their data are inside, and the browser
 * is told to run these scripts and no other.
 *
 * @param title plain text
 * @param header HTML
 * @param main HTML
 * @param footer HTML of the paragraphs above the charts’ license
 * @param data JSON for the script
 * @param script what draws the charts, without the library
 */
public record Page(
    String title, String header, String main, String footer, String data, String script) {
  private static final String RESOURCES = "ndoe/controller/report/";

  /** Scripts that are kept beside the page’s style, after what all pages’ scripts share. */
  public static String script(String... files) {
    StringBuilder script = new StringBuilder(ChartLibrary.text(RESOURCES + "charts.js"));
    for (String file : files) {
      script.append(ChartLibrary.text(RESOURCES + file));
    }
    return script.toString();
  }

  public String html() {
    ChartLibrary library = ChartLibrary.load();
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
                hash(library.script()),
                hash(script),
                Html.text(title),
                library.style(),
                ChartLibrary.text(RESOURCES + "report.css"))
        + "<header>\n"
        + header
        + "</header>\n<main>\n"
        + """
        <p id=trouble class=message hidden></p>
        <noscript><p class=message>Charts need scripts; the tables below hold the same\
         numbers.</p></noscript>
        """
        + main
        + "</main>\n"
        + footer(library)
        + "<script type=application/json id=data>"
        + Html.json(data)
        + "</script>\n<script>"
        + library.script()
        + "</script>\n<script>"
        + script
        + "</script>\n</body>\n</html>\n";
  }

  /** A box with a heading. */
  public static String section(String heading, String content) {
    return "<section><h2>" + Html.text(heading) + "</h2>\n" + content + "</section>\n";
  }

  /** A place the script draws in, with what there is to see in words above it. */
  public static String chart(String name, String summary) {
    return "<p class=summary>%s</p>\n".formatted(Html.text(summary)) + bareChart(name, summary);
  }

  /** The same without the words to be seen; they are read out. */
  public static String bareChart(String name, String summary) {
    return """
    <div class=chart data-chart="%s" role=img aria-label="%s"></div>
    """
        .formatted(name, Html.text(summary));
  }

  /** A word that stands out: {@code good}, {@code bad} or {@code wait}. */
  public static String chip(String look, String text) {
    String mark = look.equals("good") ? "✓ " : look.equals("bad") ? "✕ " : "… ";
    return "<span class=\"chip " + look + "\">" + mark + Html.text(text) + "</span>";
  }

  private String footer(ChartLibrary library) {
    return """
    <footer>
    %s<p>Charts by uPlot %s, MIT license.</p>
    <details><summary>License of uPlot</summary><pre>%s</pre></details>
    </footer>
    """
        .formatted(footer, Html.text(library.version()), Html.text(library.license().strip()));
  }

  /** Lets the browser run this script and no other. */
  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
