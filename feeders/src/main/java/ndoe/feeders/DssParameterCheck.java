package ndoe.feeders;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks properties of one class and writes them anew for the engine. */
final class DssParameterCheck {
  /** What only a study over time needs; a snapshot does without. */
  private static final Set<String> DROPPED =
      Set.of("daily", "yearly", "duty", "growth", "spectrum", "cvrcurve", "rcurve", "lcurve");

  // Without =, which would name a file in a list, and @, which stands for a variable.
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_ \\t.,|()\\[\\]{}+*/^%:#$~-]*");
  private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9_#+$-]{1,60}(\\.\\d{1,2}){0,12}");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
  private static final Pattern SMALL = Pattern.compile("\\d{1,2}");
  private static final int LONGEST_VALUE = 20_000;
  private static final int SHOWN = 60;

  private final String className;
  private final DssScript.ProblemAt problems;

  DssParameterCheck(String className, DssScript.ProblemAt problems) {
    this.className = className;
    this.problems = problems;
  }

  /** The parameter with a space before it, or nothing after telling what is wrong with it. */
  Optional<String> written(DssScript.Parameter parameter) {
    String given = parameter.name().orElse("");
    String value = parameter.value();
    if (given.isEmpty()) {
      return refuse(parameter, className, "needed is property=value");
    }
    Optional<String> name = DssProperties.named(className, given);
    if (name.isEmpty()) {
      problems.add(
          parameter.line(),
          className + "." + shown(given),
          "not a property that is allowed: " + DssProperties.allowed(className));
      return Optional.empty();
    }
    if (!VALUE.matcher(value).matches()) {
      return refuse(
          parameter,
          name.get(),
          "allowed are letters, digits and _ . , | + - * / ^ % : # $ ~ with brackets; no file");
    }
    if (value.length() > LONGEST_VALUE) {
      return refuse(
          parameter, name.get(), "allowed are at most %d characters".formatted(LONGEST_VALUE));
    }
    if (!fits(name.get(), parameter)) {
      return Optional.empty();
    }
    return Optional.of(DROPPED.contains(name.get()) ? "" : text(name.get(), value));
  }

  private static String text(String name, String value) {
    return " " + name + "=" + (value.contains("]") ? "\"" + value + "\"" : "[" + value + "]");
  }

  /** Whether a value is none of those that are known to break the engine. */
  private boolean fits(String name, DssScript.Parameter parameter) {
    return switch (name) {
      case "phases", "nphases" -> number(parameter, name, 1, 3);
      case "windings" -> number(parameter, name, 2, 12);
      case "wdg", "winding", "tapwinding", "nconds", "cond", "terminal" ->
          number(parameter, name, 1, 12);
      case "numsteps", "seasons" -> number(parameter, name, 1, 99);
      case "bus", "bus1", "bus2", "buses", "vbus" -> places(parameter, name);
      default -> true;
    };
  }

  private boolean number(DssScript.Parameter parameter, String name, int least, int most) {
    boolean fits =
        SMALL.matcher(parameter.value()).matches()
            && Integer.parseInt(parameter.value()) >= least
            && Integer.parseInt(parameter.value()) <= most;
    return fits
        || refuse(parameter, name, "allowed is a whole number from %d to %d".formatted(least, most))
            .isPresent();
  }

  private boolean places(DssScript.Parameter parameter, String name) {
    for (String place : parameter.value().trim().split("[\\s,]+", -1)) {
      if (!PLACE.matcher(place).matches()) {
        return refuse(parameter, name, "allowed is a bus such as 671 or 671.1.2").isPresent();
      }
    }
    return true;
  }

  private Optional<String> refuse(DssScript.Parameter parameter, String key, String message) {
    problems.add(
        parameter.line(), key, "found %s; %s".formatted(shown(parameter.value()), message));
    return Optional.empty();
  }

  /** A value as it can be printed. */
  static String shown(String value) {
    String printable = UNPRINTABLE.matcher(value).replaceAll("?");
    return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
  }
}
