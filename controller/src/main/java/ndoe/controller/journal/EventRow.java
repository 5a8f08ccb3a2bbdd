package ndoe.controller.journal;

import java.time.Instant;
import java.util.List;
import ndoe.devices.DeviceId;
import ndoe.devices.mqtt.SiteEvent;

/**
 * Something people should know; a line of {@code events.csv}.
 *
 * @param device blank when it concerns none
 */
public record EventRow(Instant at, SiteEvent.Severity severity, String device, String text) {

  static EventRow of(SiteEvent event) {
    return new EventRow(
        event.at(), event.severity(), event.device().map(DeviceId::value).orElse(""), event.text());
  }

  List<String> fields() {
    return List.of(at.toString(), SqlValue.toSql(severity).toString(), device, text);
  }
}
