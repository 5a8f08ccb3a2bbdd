package ndoe.controller.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names from the files as words on the page. */
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Words() {}

  static String spaced(String name) {
    return name.replace('_', ' ');
  }

  static String time(Instant at) {
    return TIME.format(at);
  }
}
