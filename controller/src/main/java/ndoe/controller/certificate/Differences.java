package ndoe.controller.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where two certificates say something different. */
final class Differences {
  /** What numbers may differ by, per unit of themselves or of 1: arithmetic of another machine. */
  private static final double TOLERANCE = 1e-9;

  /** Not what was found, but who looked and where from. */
  private static final Set<String> IGNORED = Set.of("ndoe", "files");

  private final List<String> lines = new ArrayList<>();

  private Differences() {}

  static List<String> between(JsonNode certificate, JsonNode now) {
    Differences differences = new Differences();
    for (String key : keys(certificate, now)) {
      if (!IGNORED.contains(key)) {
        differences.compare(key, certificate.path(key), now.path(key));
      }
    }
    return differences.lines;
  }

  private static Set<String> keys(JsonNode a, JsonNode b) {
    Set<String> keys = new LinkedHashSet<>();
    for (Iterator<String> names = a.fieldNames(); names.hasNext(); ) {
      keys.add(names.next());
    }
    for (Iterator<String> names = b.fieldNames(); names.hasNext(); ) {
      keys.add(names.next());
    }
    return keys;
  }

  private void compare(String where, JsonNode certificate, JsonNode now) {
    if (certificate.isObject() && now.isObject()) {
      keys(certificate, now)
          .forEach(key -> compare(where + "." + key, certificate.path(key), now.path(key)));
    } else if (certificate.isArray() && now.isArray() && certificate.size() == now.size()) {
      for (int i = 0; i < now.size(); i++) {
        compare("%s[%d]".formatted(where, i), certificate.path(i), now.path(i));
      }
    } else if (!same(certificate, now)) {
      lines.add(
          "%s: the certificate says %s, now it is %s"
              .formatted(where, shown(certificate), shown(now)));
    }
  }

  private static boolean same(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      boolean counts = a.isIntegralNumber() && b.isIntegralNumber();
      double scale = Math.max(1, Math.max(Math.abs(a.asDouble()), Math.abs(b.asDouble())));
      return counts
          ? a.asLong() == b.asLong()
          : Math.abs(a.asDouble() - b.asDouble()) <= TOLERANCE * scale;
    }
    return a.equals(b);
  }

  private static String shown(JsonNode node) {
    if (node.isMissingNode()) {
      return "nothing";
    }
    return node.isArray() ? "a list of " + node.size() : node.toString();
  }
}
