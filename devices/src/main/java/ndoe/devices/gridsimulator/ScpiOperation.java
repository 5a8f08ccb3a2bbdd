package ndoe.devices.gridsimulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a profile may have a command for; values are volts, amperes, hertz, watts, seconds. */
public enum ScpiOperation {
  IDENTIFY(true, Set.of()),
  READ_ERROR(true, Set.of()),
  CLEAR(false, Set.of()),
  RESET(false, Set.of()),
  SET_VOLTAGE(false, Set.of("value")),
  SET_VOLTAGE_OF_PHASE(false, Set.of("value", "phase")),
  READ_VOLTAGE(true, Set.of("phase")),
  SET_FREQUENCY(false, Set.of("value")),
  READ_FREQUENCY(true, Set.of()),
  LIMIT_VOLTAGE_HIGH(false, Set.of("value")),
  READ_VOLTAGE_LIMIT_HIGH(true, Set.of("phase")),
  LIMIT_VOLTAGE_LOW(false, Set.of("value")),
  READ_VOLTAGE_LIMIT_LOW(true, Set.of("phase")),
  LIMIT_FREQUENCY_HIGH(false, Set.of("value")),
  LIMIT_FREQUENCY_LOW(false, Set.of("value")),
  LIMIT_CURRENT(false, Set.of("value")),
  READ_CURRENT_LIMIT(true, Set.of("phase")),
  SET_VOLTAGE_SLEW(false, Set.of("value")),
  OUTPUT_ON(false, Set.of()),
  OUTPUT_OFF(false, Set.of()),
  READ_OUTPUT(true, Set.of()),
  MEASURE_VOLTAGE(true, Set.of("phase")),
  MEASURE_CURRENT(true, Set.of("phase")),
  MEASURE_POWER(true, Set.of("phase")),
  MEASURE_REACTIVE_POWER(true, Set.of("phase")),
  MEASURE_APPARENT_POWER(true, Set.of("phase")),
  MEASURE_FREQUENCY(true, Set.of());

  /** What power hardware in the loop cannot do without. */
  public static final List<ScpiOperation> NEEDED_FOR_HARDWARE =
      List.of(SET_VOLTAGE, LIMIT_CURRENT, OUTPUT_ON, READ_OUTPUT, MEASURE_VOLTAGE, MEASURE_POWER);

  private final boolean query;
  private final Set<String> places;

  ScpiOperation(boolean query, Set<String> places) {
    this.query = query;
    this.places = places;
  }

  /** Whether its last line is a query, whose answer is the result. */
  public boolean isQuery() {
    return query;
  }

  /** What may stand in braces in its lines. */
  public Set<String> places() {
    return places;
  }

  /** Its key in a profile. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ScpiOperation> of(String key) {
    return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
