package ndoe.controller.report;

import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ndoe.controller.journal.DeviceRow;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.journal.SetpointRow.Result;

/** What devices were told against what they did, and for how long they were in doubt. */
final class DeviceSections {
  private final Day day;
  private final List<DeviceDay> devices;
  private final DateTimeFormatter clock;

  DeviceSections(Day day) {
    this.day = day;
    devices = day.devices();
    clock = ChartSections.clockFor(day);
  }

  /** Nothing when no device was both told something and measured. */
  String compliance() {
    if (steps() == 0) {
      return "<p class=absent>No device was told anything and measured in this run.</p>\n";
    }
    String summary =
        ("%s of %s measured intervals of devices are inside what they were told: generation not"
                + " above its limit, storages and loads at their setpoint, give or take 1 %% and at"
                + " least 0.5 kW. %s")
            .formatted(Figures.count(inside()), Figures.count(steps()), answers());
    return "<p class=summary>" + Html.text(summary) + "</p>\n" + chart() + table().html();
  }

  private long steps() {
    return devices.stream().mapToLong(device -> device.steps().size()).sum();
  }

  private long inside() {
    return devices.stream()
        .flatMap(device -> device.steps().stream())
        .filter(DeviceDay.Step::isInside)
        .count();
  }

  private String answers() {
    List<Duration> all =
        devices.stream().flatMap(device -> device.responses().stream()).sorted().toList();
    return all.isEmpty()
        ? "How long answers took is not known."
        : "Half of %s answers came within %s s, the last within %s s, from the command on disk to its confirmation."
            .formatted(
                Figures.count(all.size()),
                seconds(all.get((all.size() - 1) / 2)),
                seconds(all.get(all.size() - 1)));
  }

  private String chart() {
    StringBuilder html = new StringBuilder("<p class=tool><label>device <select id=device-choice>");
    for (int number = 0; number < devices.size(); number++) {
      html.append("<option value=").append(number).append('>');
      html.append(Html.text(devices.get(number).device().value())).append("</option>");
    }
    return html.append("</select></label></p>\n")
        .append(
            Page.bareChart(
                "device",
                "Setpoint or limit of the chosen device and its measured power per interval;"
                    + " injection is positive."))
        .toString();
  }

  private Table table() {
    Table table =
        new Table("Devices: what they were told against what they did")
            .words("device")
            .words("prosumer")
            .words("role")
            .words("connected")
            .numbers("intervals measured")
            .numbers("inside")
            .numbers("furthest off, kW")
            .numbers("median answer, s")
            .numbers("longest answer, s");
    for (DeviceDay device : devices) {
      List<DeviceDay.Step> steps = device.steps();
      long inside = steps.stream().filter(DeviceDay.Step::isInside).count();
      table.row(
          device.device().value(),
          device.prosumer().value(),
          Words.spaced(device.role()),
          connection(device),
          Figures.count(steps.size()),
          steps.isEmpty() ? Figures.NONE : Figures.percent((double) inside / steps.size()),
          Figures.three(steps.stream().mapToDouble(DeviceDay.Step::beyondKw).max()),
          device.medianResponse().map(DeviceSections::seconds).orElse(Figures.NONE),
          device.longestResponse().map(DeviceSections::seconds).orElse(Figures.NONE));
    }
    return table;
  }

  private String connection(DeviceDay device) {
    return day.connected().stream()
        .filter(row -> row.device().equals(device.device()))
        .findFirst()
        .map(DeviceRow::real)
        .map(real -> real ? "real" : "emulated")
        .orElse(Figures.NONE);
  }

  private static String seconds(Duration took) {
    return Figures.three(took.toNanos() / 1e9);
  }

  /** The stretches of setpoints a device did not confirm, and what ended them. */
  List<Doubt> doubts() {
    List<Doubt> doubts = new ArrayList<>();
    for (DeviceDay device : devices) {
      List<SetpointRow> open = new ArrayList<>();
      for (SetpointRow row : device.setpoints()) {
        if (isInDoubt(row)) {
          open.add(row);
        } else if (!open.isEmpty()) {
          doubts.add(new Doubt(device, List.copyOf(open), Optional.of(row)));
          open.clear();
        }
      }
      if (!open.isEmpty()) {
        doubts.add(new Doubt(device, List.copyOf(open), Optional.empty()));
      }
    }
    return doubts;
  }

  private static boolean isInDoubt(SetpointRow row) {
    return row.result() == Result.REJECTED || row.result() == Result.UNCONFIRMED;
  }

  Table doubtTable(List<Doubt> doubts) {
    Table table =
        new Table("Devices in doubt")
            .words("device")
            .words("from interval")
            .numbers("setpoints lost")
            .words("reason")
            .words("how it ended");
    for (Doubt doubt : doubts) {
      SetpointRow first = doubt.lost().get(0);
      table.row(
          doubt.device().device().value(),
          clock.format(first.intervalStart()),
          Figures.count(doubt.lost().size()),
          first.reason(),
          doubt
              .ended()
              .map(
                  row ->
                      "confirmed again in the interval from " + clock.format(row.intervalStart()))
              .orElse("not before the record ends"));
    }
    return table;
  }

  /**
   * Setpoints one after the other that were not confirmed.
   *
   * @param ended the first one that was taken again
   */
  record Doubt(DeviceDay device, List<SetpointRow> lost, Optional<SetpointRow> ended) {}
}
