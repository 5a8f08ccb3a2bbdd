package ndoe.controller.web;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.stream.DoubleStream;

/** Numbers for a page: no more digits than can be seen, null for what is not known. */
final class Json {
  static final JsonMapper MAPPER = new JsonMapper();
  private static final int KW = 100;
  private static final int PER_UNIT = 100_000;

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** To 10 W. */
  static Double kw(double value) {
    return rounded(value, KW);
  }

  /** To five decimals. */
  static Double fine(double value) {
    return rounded(value, PER_UNIT);
  }

  private static Double rounded(double value, int steps) {
    return Double.isFinite(value) ? Math.rint(value * steps) / steps + 0.0 : null;
  }

  static ArrayNode kws(DoubleStream values) {
    ArrayNode array = array();
    values.forEach(value -> array.add(kw(value)));
    return array;
  }

  static ArrayNode fines(DoubleStream values) {
    ArrayNode array = array();
    values.forEach(value -> array.add(fine(value)));
    return array;
  }

  /** Local standard time as if it were UTC, s. */
  static long seconds(LocalDateTime local) {
    return local.toEpochSecond(ZoneOffset.UTC);
  }
}
