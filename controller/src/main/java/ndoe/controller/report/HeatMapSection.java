package ndoe.controller.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import ndoe.controller.journal.VoltageRow;
import ndoe.feeders.BusId;
import ndoe.feeders.VoltageLimits;

/** The voltage of every bus in every interval, as a picture and in words. */
final class HeatMapSection {
  private final Day day;
  private final VoltageLimits limits;

  HeatMapSection(Day day) {
    this.day = day;
    limits = day.run().feeder().voltageLimits();
  }

  String html() {
    if (day.voltages().isEmpty()) {
      return ChartSections.NO_VOLTAGES;
    }
    return Page.chart("heat", summary())
        + """
        <p class=scale aria-hidden=true><span>%s pu, lower limit</span><span class=ramp></span>\
        <span>upper limit, %s pu</span><span>crossed: beyond a limit</span></p>
        <output id=heat-value class=summary></output>
        """
            .formatted(Figures.perUnit(limits.minPu()), Figures.perUnit(limits.maxPu()))
        + table().folded("Every bus in numbers");
  }

  private String summary() {
    List<VoltageRow> rows = rows();
    long beyond = rows.stream().filter(this::isBeyond).count();
    return "%d buses, the nearest to the substation on top, over %d intervals: %s"
        .formatted(
            rows.stream().map(VoltageRow::bus).distinct().count(),
            day.voltages().intervals().count(),
            beyond == 0
                ? "no voltage is beyond a limit."
                : String.format(
                    Locale.ROOT, "%s values are beyond a limit.", Figures.count(beyond)));
  }

  private List<VoltageRow> rows() {
    return day.voltages().intervals().flatMap(interval -> interval.rows().stream()).toList();
  }

  private boolean isBeyond(VoltageRow row) {
    return row.voltagePu() < limits.minPu() || row.voltagePu() > limits.maxPu();
  }

  private Table table() {
    Map<BusId, List<VoltageRow>> rowsAt =
        rows().stream().collect(Collectors.groupingBy(VoltageRow::bus));
    Table table =
        new Table("Voltage of every bus")
            .words("bus")
            .numbers("lowest, pu")
            .numbers("mean, pu")
            .numbers("highest, pu")
            .numbers("values beyond a limit");
    for (BusId bus : day.distance().ohm().keySet()) {
      List<VoltageRow> rows = rowsAt.getOrDefault(bus, List.of());
      var voltages = rows.stream().mapToDouble(VoltageRow::voltagePu).summaryStatistics();
      if (!rows.isEmpty()) {
        table.row(
            bus.value(),
            Figures.perUnit(voltages.getMin()),
            Figures.perUnit(voltages.getAverage()),
            Figures.perUnit(voltages.getMax()),
            Figures.count(rows.stream().filter(this::isBeyond).count()));
      }
    }
    return table;
  }
}
