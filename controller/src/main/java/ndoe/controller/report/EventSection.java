package ndoe.controller.report;

import java.util.List;
import java.util.Locale;
import ndoe.controller.journal.EventRow;
import ndoe.devices.mqtt.SiteEvent.Severity;

/** Faults of a run and how they ended: devices in doubt, and the events people were told of. */
final class EventSection {
  private static final int LONGEST_LIST = 200;

  private final Day day;

  EventSection(Day day) {
    this.day = day;
  }

  String html() {
    DeviceSections devices = new DeviceSections(day);
    List<DeviceSections.Doubt> doubts = devices.doubts();
    List<EventRow> events = day.events();
    if (doubts.isEmpty() && events.isEmpty()) {
      return "<p class=summary>None: every device confirmed what it was told, and nothing else was"
          + " reported.</p>\n";
    }
    StringBuilder html = new StringBuilder();
    html.append("<p class=summary>%s</p>\n".formatted(inDoubt(doubts)));
    if (!doubts.isEmpty()) {
      html.append(devices.doubtTable(doubts).html());
    }
    return html.append(events.isEmpty() ? "" : list(events)).toString();
  }

  private static String inDoubt(List<DeviceSections.Doubt> doubts) {
    if (doubts.isEmpty()) {
      return "Every device confirmed what it was told.";
    }
    long open = doubts.stream().filter(doubt -> doubt.ended().isEmpty()).count();
    return "Stretches of setpoints that a device did not confirm: %s; without an end here: %s."
        .formatted(Figures.count(doubts.size()), Figures.count(open));
  }

  private static String list(List<EventRow> events) {
    Table table =
        new Table("Events").words("time, UTC").words("severity").words("device").words("what");
    for (EventRow row : events.stream().limit(LONGEST_LIST).toList()) {
      table.row(
          Words.time(row.at()),
          row.severity().name().toLowerCase(Locale.ROOT),
          row.device().isEmpty() ? Figures.NONE : row.device(),
          row.text());
    }
    long alarms = events.stream().filter(row -> row.severity() == Severity.ALARM).count();
    return "<h3>Events</h3>\n<p class=summary>%s, alarms among them: %s%s.</p>\n"
            .formatted(
                Figures.count(events.size()),
                Figures.count(alarms),
                events.size() > LONGEST_LIST
                    ? "; the first %d, all are in events.csv".formatted(LONGEST_LIST)
                    : "")
        + table.folded("Every event");
  }
}
