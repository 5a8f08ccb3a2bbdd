package ndoe.devices.gridsimulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ndoe.devices.DeviceLinkException;

/** A link spoken to in the words of a profile: every command is followed by a look for errors. */
final class ScpiConversation {
  private static final int MOST_OLD_ERRORS = 32;
  private static final Pattern NO_ERROR = Pattern.compile("[+-]?0+(\\s*,.*)?");
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*[A-Za-z]{0,3}");

  private final ScpiLink link;
  private final ScpiProfile profile;

  ScpiConversation(ScpiLink link, ScpiProfile profile) {
    this.link = link;
    this.profile = profile;
  }

  /** What the instrument says it is; refuses one the profile is not for. */
  String identify() {
    String answer = ask(ScpiOperation.IDENTIFY, 1);
    if (!profile.identification().matcher(answer).find()) {
      link.close();
      throw new DeviceLinkException(
          "%s is \"%s\", which profile %s (%s) is not for; nothing was set"
              .formatted(link.address(), answer, profile.name(), profile.vendor()));
    }
    return answer;
  }

  /** Takes errors of former commands off the queue. */
  List<String> oldErrors() {
    List<String> errors = new ArrayList<>();
    for (int read = 0; read < MOST_OLD_ERRORS; read++) {
      String answer = ask(ScpiOperation.READ_ERROR, 1);
      if (NO_ERROR.matcher(answer).matches()) {
        return errors;
      }
      errors.add(answer);
    }
    throw new DeviceLinkException(
        "%s has more than %d errors: %s"
            .formatted(link.address(), MOST_OLD_ERRORS, errors.get(MOST_OLD_ERRORS - 1)));
  }

  /** Does an operation without answer; a refusal by the instrument throws. */
  void tell(ScpiOperation operation, int phase, double value) {
    for (String line : profile.require(operation).filled(phase, value)) {
      tellLine(line);
    }
  }

  void tell(ScpiOperation operation) {
    tell(operation, 1, 0);
  }

  /** Does an operation with an answer. */
  String ask(ScpiOperation operation, int phase) {
    List<String> lines = profile.require(operation).filled(phase, 0);
    for (String line : lines.subList(0, lines.size() - 1)) {
      tellLine(line);
    }
    return link.ask(lines.get(lines.size() - 1));
  }

  /** A number in SI units. */
  double number(ScpiOperation operation, int phase) {
    String answer = ask(operation, phase);
    Matcher matcher = NUMBER.matcher(answer);
    if (!matcher.matches()) {
      throw nonsense(operation, answer);
    }
    double value = Double.parseDouble(matcher.group(1)) * profile.require(operation).factor();
    if (!Double.isFinite(value)) {
      throw nonsense(operation, answer);
    }
    return value;
  }

  /** The same, empty if the profile has no such command. */
  OptionalDouble numberIfKnown(ScpiOperation operation) {
    return profile.has(operation)
        ? OptionalDouble.of(number(operation, 1))
        : OptionalDouble.empty();
  }

  /** Whether the output is on. */
  boolean outputOn() {
    String answer = ask(ScpiOperation.READ_OUTPUT, 1);
    return switch (answer.toUpperCase(Locale.ROOT)) {
      case "0", "OFF" -> false;
      case "1", "ON" -> true;
      default -> throw nonsense(ScpiOperation.READ_OUTPUT, answer);
    };
  }

  private void tellLine(String line) {
    link.tell(line);
    String error = ask(ScpiOperation.READ_ERROR, 1);
    if (!NO_ERROR.matcher(error).matches()) {
      throw new DeviceLinkException("%s refused \"%s\": %s".formatted(link.address(), line, error));
    }
  }

  private DeviceLinkException nonsense(ScpiOperation operation, String answer) {
    link.close();
    return new DeviceLinkException(
        "%s answered \"%s\" to: %s; the connection was closed"
            .formatted(link.address(), answer, operation));
  }
}
