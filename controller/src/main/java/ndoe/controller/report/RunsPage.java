package ndoe.controller.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import ndoe.controller.journal.AtomicFile;
import ndoe.controller.journal.CsvLog;
import ndoe.controller.journal.RunFolderException;
import ndoe.controller.journal.RunRecord;

/**
 * Two or more runs side by side, as a page and a table; the first is what the others are held
 * against.
 */
public final class RunsPage {
  private final List<String> labels;
  private final List<Day> days;
  private final String currency;

  private RunsPage(List<String> labels, List<Day> days) {
    this.labels = labels;
    this.days = days;
    currency = days.get(0).run().scenario().currency();
  }

  /**
   * Writes {@code compare.html} and {@code compare.csv}, from nothing but the files of the runs.
   *
   * @param folder is there already
   * @return the page
   * @throws RunFolderException when a file cannot be read or written
   */
  public static Path write(Path folder, List<Path> runs) {
    RunsPage page = new RunsPage(labels(runs), runs.stream().map(Day::read).toList());
    page.table(folder.resolve("compare.csv"));
    Path html = folder.resolve("compare.html");
    AtomicFile.write(html, page.html());
    return html;
  }

  /** The names of the folders, with as much before them as tells them apart. */
  private static List<String> labels(List<Path> runs) {
    List<Path> paths = runs.stream().map(run -> run.toAbsolutePath().normalize()).toList();
    for (int names = 1; names <= 3; names++) {
      Set<String> labels = new LinkedHashSet<>();
      for (Path path : paths) {
        int from = Math.max(0, path.getNameCount() - names);
        labels.add(path.subpath(from, path.getNameCount()).toString());
      }
      if (labels.size() == paths.size()) {
        return List.copyOf(labels);
      }
    }
    return paths.stream().map(Path::toString).toList();
  }

  private void table(Path file) {
    List<List<RunFigures.Figure>> figures = figures();
    List<String> header = new ArrayList<>(List.of("run", "case", "status", "certified"));
    figures.get(0).forEach(figure -> header.add(figure.column()));
    try (CsvLog log = new CsvLog(file, String.join(",", header))) {
      for (int number = 0; number < days.size(); number++) {
        RunRecord run = days.get(number).run();
        List<String> fields = new ArrayList<>();
        fields.add(labels.get(number));
        fields.add(run.caseName());
        fields.add(run.status().word());
        fields.add(run.judgement().map(j -> String.valueOf(j.certified())).orElse(""));
        figures.get(number).forEach(figure -> fields.add(CsvLog.number(figure.value())));
        log.append(List.of(fields));
      }
    }
  }

  private List<List<RunFigures.Figure>> figures() {
    return days.stream().map(day -> new RunFigures(day).all(currency)).toList();
  }

  private String html() {
    return new Page(
            "Runs compared – NDOE",
            header(),
            sections(),
            "<p>Import is positive. Hours count from the beginning of each run.</p>\n",
            RunsData.json(labels, days),
            Page.script("bars.js", "runs.js"))
        .html();
  }

  private String header() {
    return "<p class=kind>Operating envelopes · runs compared</p>\n<h1>%d runs</h1>\n%s"
        .formatted(
            days.size(),
            isOneScenario()
                ? "<p class=asked>%s</p>\n"
                    .formatted(Html.text(days.get(0).run().scenario().description()))
                : "<p class=message>These runs are not of one scenario, so differences may come from"
                    + " that.</p>\n");
  }

  private boolean isOneScenario() {
    return days.stream().map(day -> day.run().scenario().sha256()).distinct().count() == 1;
  }

  private String sections() {
    StringBuilder html = new StringBuilder();
    html.append(Page.section("Runs", runs().html()));
    html.append(Page.section("Figures", figureTable().html() + "<p>All in compare.csv.</p>\n"));
    if (RunsData.hasCosts(days)) {
      html.append(
          Page.section(
              "Cost",
              Page.chart(
                  "cost",
                  "What operator and prosumers pay together, %s; the value of envelopes is in neither."
                      .formatted(currency))));
    }
    if (days.stream().anyMatch(day -> !day.voltages().isEmpty())) {
      html.append(
          Page.section(
              "Voltage",
              Page.chart("voltage", "Highest and lowest voltage of all buses, of every run.")));
    }
    if (days.stream().anyMatch(day -> !day.agreement().rounds().isEmpty())) {
      html.append(
          Page.section(
              "Rounds",
              Page.chart(
                  "rounds", "How far offers and requests are apart at most, round by round.")));
    }
    return html.append(envelopes()).toString();
  }

  private String envelopes() {
    List<String> prosumers = RunsData.prosumers(days);
    if (prosumers.isEmpty()) {
      return "";
    }
    StringBuilder cells = new StringBuilder("<div class=grid>\n");
    for (int number = 0; number < prosumers.size(); number++) {
      cells
          .append("<div class=cell><h3>")
          .append(Html.text(prosumers.get(number)))
          .append("</h3>\n")
          .append(
              Page.bareChart(
                  "envelope-" + number,
                  "Import and export limit of " + prosumers.get(number) + " in every run."))
          .append("</div>\n");
    }
    return Page.section(
            "Room per prosumer",
            Page.chart("area", "Σ (import limit + export limit) · Δ, kWh.")
                + areas().folded("In numbers"))
        + Page.section("Envelopes", cells.append("</div>\n").toString());
  }

  private Table areas() {
    Table table = new Table("Envelope area, kWh").words("prosumer");
    labels.forEach(table::numbers);
    for (String prosumer : RunsData.prosumers(days)) {
      List<String> cells = new ArrayList<>(List.of(prosumer));
      days.forEach(day -> cells.add(Figures.three(RunsData.areaKwh(day, prosumer))));
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private Table runs() {
    Table table =
        new Table("Runs")
            .words("run")
            .words("scenario")
            .words("case")
            .words("status")
            .words("verdict")
            .words("agreed")
            .words("NDOE");
    for (int number = 0; number < days.size(); number++) {
      RunRecord run = days.get(number).run();
      table.row(
          labels.get(number),
          run.scenario().name(),
          run.caseName(),
          run.status().word(),
          run.judgement()
              .map(j -> j.certified() ? "✓ certified" : "✕ not certified")
              .orElse("not judged"),
          run.agreed().map(facts -> facts.agreed() ? "yes" : "no").orElse(Figures.NONE),
          run.versions().ndoe());
    }
    return table;
  }

  private Table figureTable() {
    Table table = new Table("Figures, and differences to the first run").words("figure");
    for (int number = 0; number < days.size(); number++) {
      table.numbers(labels.get(number));
      if (number > 0) {
        table.numbers("difference");
      }
    }
    List<List<RunFigures.Figure>> figures = figures();
    for (int row = 0; row < figures.get(0).size(); row++) {
      RunFigures.Figure first = figures.get(0).get(row);
      List<String> cells = new ArrayList<>(List.of(first.name(), shown(first, first.value())));
      for (List<RunFigures.Figure> run : figures.subList(1, figures.size())) {
        OptionalDouble value = run.get(row).value();
        cells.add(shown(first, value));
        cells.add(difference(first, value));
      }
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private static String shown(RunFigures.Figure figure, OptionalDouble value) {
    return value.isPresent() ? figure.shown().apply(value.getAsDouble()) : Figures.NONE;
  }

  private static String difference(RunFigures.Figure first, OptionalDouble value) {
    if (value.isEmpty() || first.value().isEmpty()) {
      return Figures.NONE;
    }
    double difference = value.getAsDouble() - first.value().getAsDouble();
    return (difference > 0 ? "+" : "") + first.shown().apply(difference);
  }
}
