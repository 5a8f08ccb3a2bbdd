package ndoe.controller.study;

import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import ndoe.controller.journal.AtomicFile;
import ndoe.controller.report.Figures;
import ndoe.controller.report.Html;
import ndoe.controller.report.Page;
import ndoe.controller.report.Table;
import ndoe.feeders.Horizon;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/** Tells a comparison as {@code compare.html}, one file that needs nothing else. */
final class ComparisonPage {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  private final Comparison comparison;
  private final Scenario scenario;
  private final String currency;

  private ComparisonPage(Comparison comparison) {
    this.comparison = comparison;
    scenario = comparison.scenario();
    currency = scenario.tariff().currency();
  }

  /** Writes the page into a folder, replacing an earlier one. */
  static void write(Path folder, Comparison comparison) {
    AtomicFile.write(folder.resolve("compare.html"), new ComparisonPage(comparison).html());
  }

  private String html() {
    return new Page(
            scenario.name() + " – cases compared – NDOE",
            header(),
            sections(),
            footer(),
            ComparisonData.json(comparison),
            Page.script("bars.js", "compare.js"))
        .html();
  }

  private String header() {
    Horizon horizon = scenario.horizon();
    return """
    <p class=kind>Operating envelopes · cases compared</p>
    <h1>%s</h1>
    <p class=lead>%s</p>
    <p class=asked>%s</p>
    <p class=chips>%s</p>
    """
        .formatted(
            Html.text(scenario.name()),
            Html.text(scenario.description()),
            Html.text(
                "%s · %d intervals of %d minutes · feeder %s · %d prosumers · seed %d"
                    .formatted(
                        DATE.format(horizon.start()),
                        horizon.intervals(),
                        horizon.intervalMinutes(),
                        scenario.feeder().name(),
                        scenario.prosumers().size(),
                        scenario.seed())),
            comparison.secure()
                ? Page.chip("good", "every case that respects the network is certified")
                : Page.chip("bad", "a case that should respect the network is not certified"));
  }

  private String sections() {
    ComparisonTables tables = new ComparisonTables(comparison);
    return Page.section("Cases", tables.cases().html())
        + Page.section("Cost", cost(tables))
        + Page.section("Energy between prosumers, and energy not used", energy(tables))
        + Page.section("Limits broken", broken(tables))
        + perProsumer(
            "area",
            "Envelope per prosumer",
            "Σ (import limit + export limit) · Δ, MWh: the room everybody was left. Without a"
                + " network in mind it is what the connections could carry.",
            "Envelope area, MWh",
            result -> Figures.three(result.envelopeAreaMwh()))
        + (comparison.knowsSavings() ? savings() : "")
        + Page.section("Prosumers", tables.prosumers().folded("Every prosumer in every case"));
  }

  private String savings() {
    return perProsumer(
        "saving",
        "Saving per prosumer",
        "What each pays less than when nobody trades and there is no network, "
            + currency
            + "; what it pays to and receives from others is counted.",
        "Saving, " + currency,
        result -> Figures.three(comparison.saving(result)));
  }

  private String cost(ComparisonTables tables) {
    return Page.chart(
            "cost",
            "What operator and prosumers pay together, %s; network charges are in the prosumers’"
                    .formatted(currency)
                + " part, the value of the envelopes is in none.")
        + tables.costs().folded("The numbers of this chart");
  }

  private String energy(ComparisonTables tables) {
    return "<div class=grid>\n"
        + cell(
            "Sold by prosumers to prosumers",
            "peer-energy",
            "kWh over the horizon; without charges it may pass through several hands.")
        + cell("Curtailed PV and wind", "curtailed", "kWh, expected over the samples.")
        + "</div>\n"
        + tables.energies().folded("The numbers of these charts");
  }

  private String broken(ComparisonTables tables) {
    return """
    <p class=summary>Bus or line, interval and operating point with a limit broken, as the AC\
     power flow sees it. Each picture has its own scale.</p>
    <div class=grid>
    """
        + cell("At dispatches", "broken-dispatches", "The plan and one dispatch per sample.")
        + cell("At corners", "broken-corners", "Everybody uses one side of its envelope.")
        + cell("At random points", "broken-random", "Anywhere inside the envelopes.")
        + "</div>\n"
        + tables.brokenLimits().folded("The numbers of these charts");
  }

  private static String cell(String heading, String chart, String summary) {
    return "<div class=cell><h3>"
        + Html.text(heading)
        + "</h3>\n"
        + Page.chart(chart, summary)
        + "</div>\n";
  }

  private String perProsumer(
      String chart,
      String heading,
      String summary,
      String caption,
      Function<ProsumerResult, String> value) {
    StringBuilder html = new StringBuilder("<p class=summary>").append(Html.text(summary));
    html.append("</p>\n<div class=\"grid small\">\n");
    for (int number = 0; number < comparison.rows().size(); number++) {
      String label = comparison.rows().get(number).compared().toString();
      html.append("<div class=cell><h3>").append(Html.text(label)).append("</h3>\n");
      html.append(Page.bareChart(chart + "-" + number, heading + ", case " + label));
      html.append("</div>\n");
    }
    html.append("</div>\n");
    return Page.section(
        heading, html + byProsumer(caption, value).folded("The numbers of these charts"));
  }

  private Table byProsumer(String caption, Function<ProsumerResult, String> value) {
    Table table = new Table(caption).words("prosumer");
    comparison.rows().forEach(row -> table.numbers(row.compared().toString()));
    List<ProsumerId> prosumers = scenario.prosumers().stream().map(site -> site.id()).toList();
    for (int n = 0; n < prosumers.size(); n++) {
      String[] cells = new String[comparison.rows().size() + 1];
      cells[0] = prosumers.get(n).value();
      for (int c = 1; c < cells.length; c++) {
        cells[c] = value.apply(comparison.rows().get(c - 1).prosumers().get(n));
      }
      table.row(cells);
    }
    return table;
  }

  private static String footer() {
    return """
    <p>Costs are positive. A prosumer’s cost is expected in the worst distribution of its\
     generation. Every case has its own run folder with a report beside this page.</p>
    """;
  }
}
