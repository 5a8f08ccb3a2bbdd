package ndoe.controller.doctor;

/**
 * What one check found.
 *
 * @param subject what was checked, one or two words
 * @param text what was found and, unless it is good, what to do; one line
 */
public record Finding(Level level, String subject, String text) {

  /** How bad it is. */
  public enum Level {
    OK,
    /** Works, but with less or not for long. */
    WARN,
    /** A run would not work. */
    FAIL
  }

  static Finding ok(String subject, String text, Object... arguments) {
    return new Finding(Level.OK, subject, text.formatted(arguments));
  }

  static Finding warn(String subject, String text, Object... arguments) {
    return new Finding(Level.WARN, subject, text.formatted(arguments));
  }

  static Finding fail(String subject, String text, Object... arguments) {
    return new Finding(Level.FAIL, subject, text.formatted(arguments));
  }
}
