package ndoe.controller.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/** Numbers as people read them. */
public final class Figures {
  public static final String NONE = "–";

  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final double SMALLEST = 0.0005;
  private static final char NARROW_SPACE = '\u202f';
  private static final char MINUS = '\u2212';

  private Figures() {}

  /** Three significant digits, thousands apart. */
  public static String three(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    if (value == 0) {
      return "0";
    }
    if (Math.abs(value) < SMALLEST) {
      return "≈" + NARROW_SPACE + "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS);
    int missing = Math.max(0, THREE_DIGITS.getPrecision() - rounded.precision());
    return grouped(rounded.setScale(Math.max(0, rounded.scale() + missing)).toPlainString());
  }

  public static String three(OptionalDouble value) {
    return value.isPresent() ? three(value.getAsDouble()) : NONE;
  }

  /** A voltage: the limits differ in the second decimal, so four are shown. */
  public static String perUnit(double value) {
    return fixed(value, 4);
  }

  public static String perUnit(OptionalDouble value) {
    return value.isPresent() ? perUnit(value.getAsDouble()) : NONE;
  }

  public static String money(double value) {
    return fixed(value, 2);
  }

  public static String percent(double fraction) {
    int decimals = fraction == 0 ? 0 : Math.abs(fraction) < 0.01 ? 3 : 1;
    return fixed(100 * fraction, decimals) + NARROW_SPACE + "%";
  }

  public static String count(long value) {
    return grouped(Long.toString(value));
  }

  private static String fixed(double value, int decimals) {
    return Double.isFinite(value)
        ? grouped(BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toString())
        : NONE;
  }

  /** Groups the digits before the point by three; four digits stand together. */
  private static String grouped(String plain) {
    boolean negative = plain.startsWith("-");
    String digits = negative ? plain.substring(1) : plain;
    int point = digits.indexOf('.');
    int whole = point < 0 ? digits.length() : point;
    StringBuilder text = new StringBuilder(digits);
    if (whole > 4) {
      for (int at = whole - 3; at > 0; at -= 3) {
        text.insert(at, NARROW_SPACE);
      }
    }
    return negative ? MINUS + text.toString() : text.toString();
  }
}
