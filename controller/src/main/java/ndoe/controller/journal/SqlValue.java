package ndoe.controller.journal;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.OptionalDouble;
import ndoe.controller.journal.DataTable.Kind;

/**
 * How a value of a record is kept in a column: numbers as they are, times in ISO 8601, durations in
 * nanoseconds, names and words as text. SQLite knows no NaN and keeps nothing instead.
 */
final class SqlValue {
  private SqlValue() {}

  /** What SQLite calls such a column. */
  static String affinity(Class<?> type) {
    if (type == double.class || type == OptionalDouble.class) {
      return "REAL";
    }
    return type == int.class
            || type == long.class
            || type == boolean.class
            || type == Duration.class
        ? "INTEGER"
        : "TEXT";
  }

  /** Whether a record is nothing but a name, such as a prosumer’s. */
  static boolean isName(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    return components != null && components.length == 1 && components[0].getType() == String.class;
  }

  static Object toSql(Object value) {
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? number.getAsDouble() : null;
    }
    if (value instanceof Duration duration) {
      return duration.toNanos();
    }
    if (value instanceof BigDecimal amount) {
      return amount.toPlainString();
    }
    if (value instanceof Enum<?> word) {
      return word.name().toLowerCase(Locale.ROOT);
    }
    return value instanceof Number || value instanceof Boolean ? value : value.toString();
  }

  /** What such a value is outside the database. */
  static Kind kind(Class<?> type) {
    if (type == int.class || type == long.class) {
      return Kind.WHOLE;
    }
    if (type == boolean.class) {
      return Kind.TRUTH;
    }
    if (type == LocalDateTime.class) {
      return Kind.LOCAL_TIME;
    }
    if (type == Instant.class) {
      return Kind.UTC_TIME;
    }
    return type == BigDecimal.class || type == Duration.class || affinity(type).equals("REAL")
        ? Kind.NUMBER
        : Kind.TEXT;
  }

  /** The value as {@link Kind} says; durations in seconds. */
  static Object plain(Object value) {
    if (value instanceof OptionalDouble || value instanceof Enum<?>) {
      return toSql(value);
    }
    if (value instanceof Duration duration) {
      return duration.toNanos() / 1e9;
    }
    return value instanceof Integer number ? Long.valueOf(number) : value;
  }

  static Object fromSql(Class<?> type, ResultSet row, int column) throws SQLException {
    if (type == double.class) {
      double number = row.getDouble(column);
      return row.wasNull() ? Double.NaN : number;
    }
    if (type == OptionalDouble.class) {
      double number = row.getDouble(column);
      return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
    if (type == int.class) {
      return row.getInt(column);
    }
    if (type == long.class) {
      return row.getLong(column);
    }
    if (type == boolean.class) {
      return row.getBoolean(column);
    }
    return type == Duration.class
        ? Duration.ofNanos(row.getLong(column))
        : fromText(type, row.getString(column));
  }

  private static Object fromText(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    }
    if (type == LocalDateTime.class) {
      return LocalDateTime.parse(text);
    }
    if (type == Instant.class) {
      return Instant.parse(text);
    }
    if (type == BigDecimal.class) {
      return new BigDecimal(text);
    }
    for (Object word : type.getEnumConstants()) {
      if (toSql(word).equals(text)) {
        return word;
      }
    }
    throw new IllegalArgumentException("no " + type.getSimpleName() + " " + text);
  }
}
