package ndoe.feeders;

import java.util.OptionalDouble;

/** Reads numbers as people write them: decimal point, optional exponent, nothing else. */
final class DecimalText {
  private static final int MOST_DIGITS = 15;
  private static final double[] POWERS_OF_TEN = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private DecimalText() {}

  /**
   * The number that at most 15 digits with at most one decimal point say, exactly as {@link #parse}
   * would read it but without making a text of it; NaN for anything else.
   */
  static double plain(char[] buffer, int offset, int length) {
    long digits = 0;
    int point = -1;
    if (length == 0 || length > MOST_DIGITS + 1) {
      return Double.NaN;
    }
    for (int i = 0; i < length; i++) {
      char c = buffer[offset + i];
      if (c >= '0' && c <= '9') {
        digits = 10 * digits + (c - '0');
      } else if (c == '.' && point < 0) {
        point = i;
      } else {
        return Double.NaN;
      }
    }
    int decimals = point < 0 ? 0 : length - 1 - point;
    boolean sound = point < 0 ? length <= MOST_DIGITS : length > 1;
    // Both are whole numbers below 2^53, so that the quotient is rounded once, as it must be.
    return sound ? digits / POWERS_OF_TEN[decimals] : Double.NaN;
  }

  /** The finite number the text says; empty for anything else, also NaN, infinity and hex. */
  static OptionalDouble parse(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed =
          (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
      if (!allowed) {
        return OptionalDouble.empty();
      }
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException notNumber) {
      return OptionalDouble.empty();
    }
  }
}
