package ndoe.controller.report;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ndoe.controller.journal.VoltageRow;
import ndoe.feeders.BusId;
import ndoe.feeders.VoltageLimits;

/** The parts of the page that hold a chart, each with its numbers in a table. */
final class ChartSections {
  static final String NO_VOLTAGES =
      "<p class=absent>No voltages were recorded: nothing was measured in this run.</p>\n";

  private final Day day;
  private final DateTimeFormatter clock;

  ChartSections(Day day) {
    this.day = day;
    clock = clockFor(day);
  }

  /** Hours and minutes; with the day when the run is longer than one. */
  static DateTimeFormatter clockFor(Day day) {
    var horizon = day.run().scenario().horizon();
    boolean oneDay = !horizon.end().isAfter(horizon.start().plusDays(1));
    return DateTimeFormatter.ofPattern(oneDay ? "HH:mm" : "d MMM HH:mm", Locale.ENGLISH);
  }

  String voltageOverTheDay() {
    if (day.voltages().isEmpty()) {
      return NO_VOLTAGES;
    }
    VoltageLimits limits = day.run().feeder().voltageLimits();
    String summary =
        "Voltages of all buses lie between %s and %s pu; the limits are %s and %s pu."
            .formatted(
                Figures.perUnit(day.voltages().lowest().orElseThrow().lowest().voltagePu()),
                Figures.perUnit(day.voltages().highest().orElseThrow().highest().voltagePu()),
                Figures.perUnit(limits.minPu()),
                Figures.perUnit(limits.maxPu()));
    Table table =
        new Table("Voltage per interval")
            .words("from")
            .numbers("lowest, pu")
            .words("at bus")
            .numbers("median, pu")
            .numbers("highest, pu")
            .words("at bus");
    day.voltages()
        .intervals()
        .forEach(
            interval ->
                table.row(
                    clock.format(interval.start()),
                    Figures.perUnit(interval.lowest().voltagePu()),
                    interval.lowest().bus().value(),
                    Figures.perUnit(interval.medianPu()),
                    Figures.perUnit(interval.highest().voltagePu()),
                    interval.highest().bus().value()));
    return Page.chart("voltage", summary) + table.folded("The numbers of this chart");
  }

  String envelopes() {
    if (day.points().isEmpty()) {
      return "<p class=absent>This run has no envelopes.</p>\n";
    }
    StringBuilder html = new StringBuilder();
    if (day.measuredSteps() == 0) {
      html.append(
          "<p class=absent>No device was measured in this run, so only limits and plan are"
              + " shown.</p>\n");
    }
    html.append(
        "<p class=tool><label><input type=checkbox id=same-scale> same scale for all"
            + " prosumers</label></p>\n<div class=grid>\n");
    for (int number = 0; number < day.points().size(); number++) {
      PointDay point = day.points().get(number);
      html.append("<div class=cell><h3>")
          .append(Html.text(point.prosumer().value()))
          .append(" <small>bus ")
          .append(Html.text(point.bus().value()))
          .append("</small></h3>\n")
          .append(Page.chart("envelope-" + number, compliance(point)))
          .append(table(point).folded("The numbers of this chart"))
          .append("</div>\n");
    }
    return html.append("</div>\n").toString();
  }

  private static String compliance(PointDay point) {
    if (point.measuredSteps() == 0) {
      return "Limits and plan of %d intervals; not measured.".formatted(point.steps().size());
    }
    double margin = point.smallestMarginKw().orElseThrow();
    return "%d of %d measured intervals inside; %s."
        .formatted(
            point.stepsInside(),
            point.measuredSteps(),
            margin < -PointDay.TOLERANCE_KW
                ? "at worst " + Figures.three(-margin) + " kW beyond a limit"
                : "at closest " + Figures.three(Math.max(0, margin)) + " kW from a limit");
  }

  private Table table(PointDay point) {
    Table table =
        new Table("Envelope of " + point.prosumer())
            .words("from")
            .numbers("import limit, kW")
            .numbers("export limit, kW")
            .numbers("planned net import, kW")
            .numbers("measured net import, kW");
    for (PointDay.Step step : point.steps()) {
      table.row(
          clock.format(step.envelope().intervalStart()),
          Figures.three(step.envelope().importLimitKw()),
          Figures.three(step.envelope().exportLimitKw()),
          Figures.three(step.envelope().plannedNetImportKw()),
          Figures.three(step.measuredKw()));
    }
    return table;
  }

  String voltageAgainstDistance() {
    if (day.voltages().isEmpty()) {
      return NO_VOLTAGES;
    }
    VoltageDay.Interval lowest = day.voltages().lowest().orElseThrow();
    VoltageDay.Interval highest = day.voltages().highest().orElseThrow();
    List<LocalDateTime> starts = ChartData.starts(day.run().scenario().horizon());
    StringBuilder html =
        new StringBuilder("<p class=tool><label>interval <select id=distance-interval>");
    option(html, starts, lowest.start(), "lowest voltage, " + described(lowest.lowest()));
    option(html, starts, highest.start(), "highest voltage, " + described(highest.highest()));
    html.append("<optgroup label=\"all intervals\">");
    for (LocalDateTime start : starts) {
      if (day.voltages().at(start).isPresent()) {
        option(html, starts, start, "");
      }
    }
    html.append("</optgroup></select></label></p>\n");
    html.append(
        Page.chart(
            "distance",
            ("Lowest voltage: %s at %s. Highest voltage: %s at %s. Gray bars: range of each bus"
                    + " over the day.")
                .formatted(
                    described(lowest.lowest()),
                    clock.format(lowest.start()),
                    described(highest.highest()),
                    clock.format(highest.start()))));
    return html.append(distanceTable().folded("The numbers of this chart")).toString();
  }

  private void option(
      StringBuilder html, List<LocalDateTime> starts, LocalDateTime start, String remark) {
    html.append("<option value=").append(starts.indexOf(start)).append('>');
    html.append(clock.format(start)).append(remark.isEmpty() ? "" : " – ");
    html.append(Html.text(remark)).append("</option>");
  }

  private static String described(VoltageRow row) {
    return "%s pu at bus %s".formatted(Figures.perUnit(row.voltagePu()), row.bus());
  }

  private Table distanceTable() {
    Table table =
        new Table("Voltage per bus")
            .words("bus")
            .numbers("distance, Ω")
            .numbers("lowest, pu")
            .words("at")
            .numbers("highest, pu")
            .words("at");
    Map<BusId, List<VoltageRow>> rowsAt =
        day.voltages()
            .intervals()
            .flatMap(interval -> interval.rows().stream())
            .collect(Collectors.groupingBy(VoltageRow::bus));
    day.distance()
        .ohm()
        .forEach(
            (bus, ohm) -> {
              List<VoltageRow> rows = rowsAt.getOrDefault(bus, List.of());
              Optional<VoltageRow> low = rows.stream().min(VoltageDay.BY_VOLTAGE);
              Optional<VoltageRow> high = rows.stream().max(VoltageDay.BY_VOLTAGE);
              table.row(bus.value(), Figures.three(ohm), pu(low), time(low), pu(high), time(high));
            });
    return table;
  }

  private static String pu(Optional<VoltageRow> row) {
    return row.map(found -> Figures.perUnit(found.voltagePu())).orElse(Figures.NONE);
  }

  private String time(Optional<VoltageRow> row) {
    return row.map(found -> clock.format(found.intervalStart())).orElse(Figures.NONE);
  }
}
