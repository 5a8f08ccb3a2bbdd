package ndoe.controller.report;

import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import ndoe.controller.journal.AtomicFile;
import ndoe.controller.journal.Judgement;
import ndoe.controller.journal.RunRecord;
import ndoe.feeders.Horizon;

/** Tells a run folder as {@code report.html}, one file that needs nothing else. */
public final class ReportPage {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  private final Day day;
  private final RunRecord run;

  private final OtherCases others;

  private ReportPage(Day day, OtherCases others) {
    this.day = day;
    this.others = others;
    run = day.run();
  }

  /**
   * Writes the page into the run folder, from nothing but the folder’s files.
   *
   * @return the page
   * @throws ndoe.controller.journal.RunFolderException when a file cannot be read or written
   */
  public static Path write(Path runFolder) {
    return write(runFolder, runFolder.resolve("report.html"), List.of());
  }

  /**
   * Writes it at another place.
   *
   * @param others runs of the same scenario, or folders of {@code ./ndoe compare} with such, for
   *     what they cost
   */
  public static Path write(Path runFolder, Path page, List<Path> others) {
    Day day = Day.read(runFolder);
    AtomicFile.write(page, new ReportPage(day, OtherCases.read(day.run(), others)).html());
    return page;
  }

  private String html() {
    return new Page(
            run.scenario().name() + " – " + run.caseName() + " – NDOE",
            header(),
            sections(),
            footer(),
            ChartData.json(day),
            Page.script("report.js"))
        .html();
  }

  private String header() {
    Horizon horizon = run.scenario().horizon();
    return """
    <p class=kind>%s</p>
    <h1>%s</h1>
    <p class=lead>%s</p>
    <p class=asked>%s</p>
    <p class=chips>%s</p>
    %s\
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
          case RUNNING -> Page.chip("wait", "still running, or cut off");
          case COMPLETED -> Page.chip("good", "completed");
          case ABORTED -> Page.chip("bad", "aborted");
          case FAILED -> Page.chip("bad", "failed");
        };
    return state
        + " "
        + run.judgement().map(ReportPage::verdict).orElse(Page.chip("wait", "not judged"));
  }

  private static String verdict(Judgement judgement) {
    return judgement.certified()
        ? Page.chip("good", "certified")
        : Page.chip("bad", "not certified");
  }

  private String sections() {
    ChartSections charts = new ChartSections(day);
    TableSections tables = new TableSections(day);
    return KeyFigures.html(day)
        + "<div class=grid>\n"
        + Page.section("Certificate", tables.certificate())
        + Page.section("Cost", tables.cost())
        + "</div>\n"
        + others.html(run)
        + Page.section("Violations", tables.violations())
        + Page.section("Voltage over the day", charts.voltageOverTheDay())
        + Page.section("Voltage of every bus", new HeatMapSection(day).html())
        + Page.section("Voltage against distance", charts.voltageAgainstDistance())
        + Page.section("Envelopes and net import", charts.envelopes())
        + Page.section("Who got what", new ShareSection(day).html())
        + Page.section("Energy", tables.energy())
        + new NegotiationSections(day).html()
        + new TradeSections(day).html()
        + Page.section("Devices against what they were told", new DeviceSections(day).compliance())
        + Page.section("Faults and how they ended", new EventSection(day).html())
        + Page.section("Setpoints", tables.setpoints())
        + Page.section("How this run was made", tables.made());
  }

  private String footer() {
    return """
    <p>Import is positive: a prosumer that feeds into the network has a negative net import.\
     Voltages are per unit (pu) of %s kV line to line. Times are local standard time; an\
     interval is named by its start.</p>
    """
        .formatted(run.feeder().nominalVoltageKv());
  }
}
