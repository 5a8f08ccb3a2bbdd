package ndoe.controller.report;

import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import ndoe.controller.journal.AtomicFile;
import ndoe.controller.journal.Judgement;
import ndoe.controller.journal.RunRecord;
import ndoe.feeders.Horizon;

/** Tells a run folder as {@code report.html}, one file that needs nothing else. */
public final class ReportPage {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
  private static final String RESOURCES = "ndoe/controller/report/";

  private final Day day;
  private final RunRecord run;

  private ReportPage(Day day) {
    this.day = day;
    run = day.run();
  }

  /**
   * Writes the page into the run folder, from nothing but the folder’s files.
   *
   * @return the page
   * @throws ndoe.controller.journal.RunFolderException when a file cannot be read or written
   */
  public static Path write(Path runFolder) {
    Path page = runFolder.resolve("report.html");
    AtomicFile.write(page, new ReportPage(Day.read(runFolder)).html());
    return page;
  }

  private String html() {
    ChartLibrary library = ChartLibrary.load();
    String script = ChartLibrary.text(RESOURCES + "report.js");
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
                Html.text(run.scenario().name() + " – " + run.caseName() + " – NDOE"),
                library.style(),
                ChartLibrary.text(RESOURCES + "report.css"))
        + header()
        + "<main>\n"
        + sections()
        + "</main>\n"
        + footer(library)
        + "<script type=application/json id=day>"
        + Html.json(ChartData.json(day))
        + "</script>\n<script>"
        + library.script()
        + "</script>\n<script>"
        + script
        + "</script>\n</body>\n</html>\n";
  }

  private String header() {
    Horizon horizon = run.scenario().horizon();
    return """
    <header>
    <p class=kind>%s</p>
    <h1>%s</h1>
    <p class=lead>%s</p>
    <p class=asked>%s</p>
    <p class=chips>%s</p>
    %s</header>
    """
        .formatted(
            Html.text("Operating envelopes · " + run.command() + " · case " + run.caseName()),
            Html.text(run.scenario().name()),
            Html.text(run.scenario().description()),
            Html.text(
                "%s · %d intervals of %d minutes · feeder %s · seed %d · NDOE %s"
                    .formatted(
                        DATE.format(horizon.start()),
                        horizon.intervals(),
                        horizon.intervalMinutes(),
                        run.feeder().name(),
                        run.seed(),
                        run.versions().ndoe())),
            chips(),
            run.message().isBlank()
                ? ""
                : "<p class=message>" + Html.text(run.message()) + "</p>\n");
  }

  private String chips() {
    String state =
        switch (run.status()) {
          case RUNNING -> chip("wait", "still running, or cut off");
          case COMPLETED -> chip("good", "completed");
          case ABORTED -> chip("bad", "aborted");
          case FAILED -> chip("bad", "failed");
        };
    return state
        + " "
        + run.judgement().map(ReportPage::verdict).orElse(chip("wait", "not judged"));
  }

  private static String verdict(Judgement judgement) {
    return judgement.certified() ? chip("good", "certified") : chip("bad", "not certified");
  }

  private static String chip(String look, String text) {
    String mark = look.equals("good") ? "✓ " : look.equals("bad") ? "✕ " : "… ";
    return "<span class=\"chip " + look + "\">" + mark + text + "</span>";
  }

  private String sections() {
    ChartSections charts = new ChartSections(day);
    TableSections tables = new TableSections(day);
    return """
    <p id=trouble class=message hidden></p>
    <noscript><p class=message>Charts need scripts; the tables below hold the same\
     numbers.</p></noscript>
    """
        + KeyFigures.html(day)
        + section("Voltage over the day", charts.voltageOverTheDay())
        + section("Envelopes and net import", charts.envelopes())
        + section("Voltage against distance", charts.voltageAgainstDistance())
        + section("Violations", tables.violations())
        + "<div class=grid>\n"
        + section("Certificate", tables.certificate())
        + section("Cost", tables.cost())
        + "</div>\n"
        + section("Energy", tables.energy())
        + section("Setpoints", tables.setpoints())
        + section("How this run was made", tables.made());
  }

  private static String section(String heading, String content) {
    return "<section><h2>" + heading + "</h2>\n" + content + "</section>\n";
  }

  private String footer(ChartLibrary library) {
    return """
    <footer>
    <p>Import is positive: a prosumer that feeds into the network has a negative net import.\
     Voltages are per unit (pu) of %s kV line to line. Times are local standard time; an\
     interval is named by its start.</p>
    <p>Charts by uPlot %s, MIT license.</p>
    <details><summary>License of uPlot</summary><pre>%s</pre></details>
    </footer>
    """
        .formatted(
            run.feeder().nominalVoltageKv(),
            Html.text(library.version()),
            Html.text(library.license().strip()));
  }
}
