package ndoe.feeders;

import java.util.OptionalDouble;

/** Reads numbers as people write them: decimal point, optional exponent, nothing else. */
final class DecimalText {
  private DecimalText() {}

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
