package ndoe.devices.gridsimulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands the lines of a profile as its instrument would. */
final class ScpiInterpreter {
  private static final String SYNTAX_ERROR = "-113,\"Undefined header\"";
  private static final String OUT_OF_RANGE = "-222,\"Data out of range\"";
  private static final String NO_ERROR = "0,\"No error\"";
  private static final String REFUSED = "-200,\"Execution error\"";
  private static final int PHASES = 3;

  private final ScpiProfile profile;
  private final EmulatedAmplifier amplifier;
  private final List<Spelling> spellings = new ArrayList<>();
  private final Deque<String> errors = new ArrayDeque<>();
  private int selectedPhase = 1;

  /** A line the profile may send; without operation it only selects or prepares. */
  private record Spelling(Pattern pattern, ScpiOperation operation, ScpiCommand command) {}

  ScpiInterpreter(ScpiProfile profile, EmulatedAmplifier amplifier) {
    this.profile = profile;
    this.amplifier = amplifier;
    for (Map.Entry<ScpiOperation, ScpiCommand> each : profile.commands().entrySet()) {
      List<String> lines = each.getValue().lines();
      spellings.add(
          0, new Spelling(pattern(lines.get(lines.size() - 1)), each.getKey(), each.getValue()));
      lines.subList(0, lines.size() - 1).stream()
          .map(line -> new Spelling(pattern(line), null, each.getValue()))
          .forEach(spellings::add);
    }
  }

  private static Pattern pattern(String line) {
    String quoted =
        Pattern.quote(line)
            .replace("{value}", "\\E(?<value>[-+0-9.eE]+)\\Q")
            .replace("{phase}", "\\E(?<phase>[123])\\Q");
    // A place used again must be the same as before; three equal phases are one value.
    int first = quoted.indexOf("(?<value>");
    if (first >= 0) {
      String head = quoted.substring(0, first + 9);
      quoted = head + quoted.substring(first + 9).replace("(?<value>[-+0-9.eE]+)", "\\k<value>");
    }
    return Pattern.compile(quoted, Pattern.CASE_INSENSITIVE);
  }

  /** What a line is answered; null for nothing. */
  String react(String line, boolean refusing) {
    for (Spelling spelling : spellings) {
      Matcher matcher = spelling.pattern().matcher(line);
      if (matcher.matches()) {
        return react(spelling, matcher, refusing);
      }
    }
    errors.add(SYNTAX_ERROR);
    return line.contains("?") ? "" : null;
  }

  private String react(Spelling spelling, Matcher matcher, boolean refusing) {
    String pattern = spelling.pattern().pattern();
    if (pattern.contains("(?<phase>")) {
      selectedPhase = Integer.parseInt(matcher.group("phase"));
    }
    ScpiOperation operation = spelling.operation();
    if (operation == null) {
      return null;
    }
    if (operation.isQuery()) {
      return answer(operation, spelling.command());
    }
    if (refusing) {
      errors.add(REFUSED);
      return null;
    }
    double value =
        pattern.contains("(?<value>")
            ? Double.parseDouble(matcher.group("value")) * spelling.command().factor()
            : 0;
    if (!perform(operation, value)) {
      errors.add(OUT_OF_RANGE);
    }
    return null;
  }

  private boolean perform(ScpiOperation operation, double value) {
    switch (operation) {
      case SET_VOLTAGE -> {
        return amplifier.setVolts(0, value);
      }
      case SET_VOLTAGE_OF_PHASE -> {
        return amplifier.setVolts(selectedPhase, value);
      }
      case SET_FREQUENCY -> amplifier.setHertz(value);
      case LIMIT_VOLTAGE_HIGH -> amplifier.setHighestVolts(value);
      case LIMIT_CURRENT -> amplifier.setMostAmperes(value);
      case OUTPUT_ON -> amplifier.setOn(true);
      case OUTPUT_OFF -> amplifier.setOn(false);
      case CLEAR -> errors.clear();
      case RESET -> amplifier.reset();
      default -> {}
    }
    return true;
  }

  private String answer(ScpiOperation operation, ScpiCommand command) {
    return switch (operation) {
      case IDENTIFY -> profile.vendor() + ",EMULATED,0,1.0";
      case READ_ERROR -> errors.isEmpty() ? NO_ERROR : errors.poll();
      case READ_OUTPUT -> amplifier.isOn() ? "1" : "0";
      default ->
          String.format(Locale.ROOT, "%.5f", quantity(operation, command) / command.factor());
    };
  }

  private double quantity(ScpiOperation operation, ScpiCommand command) {
    double share = command.perPhase() ? 1.0 / PHASES : 1;
    double delivered = (profile.powerDelivered() ? -1000 : 1000) * share;
    return switch (operation) {
      case READ_VOLTAGE -> amplifier.setVolts(selectedPhase);
      case READ_FREQUENCY, MEASURE_FREQUENCY -> amplifier.hertz();
      case READ_VOLTAGE_LIMIT_HIGH -> amplifier.highestVolts();
      case READ_CURRENT_LIMIT -> amplifier.mostAmperes();
      case MEASURE_VOLTAGE -> amplifier.measuredVolts(selectedPhase);
      case MEASURE_CURRENT -> amplifier.amperes(selectedPhase);
      case MEASURE_POWER -> delivered * amplifier.power().activeKw();
      case MEASURE_REACTIVE_POWER -> delivered * amplifier.power().reactiveKvar();
      case MEASURE_APPARENT_POWER -> share * 1000 * amplifier.power().apparentKva();
      default -> 0;
    };
  }
}
