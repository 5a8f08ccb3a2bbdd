package ndoe.devices.sunspec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import ndoe.devices.modbus.ModbusLink;

/**
 * In what a vendor’s devices differ from others.
 *
 * @param base the only register to look for the marker at; the usual ones in turn when empty
 * @param unitId Modbus unit id, 0 to 255, unless the user names another
 * @param gap kept between an answer and the next request
 * @param mostRegisters that one request may read, 2 to 125
 * @param sign how the measured power is counted
 * @param percentBase what a power in percent is a percentage of
 */
public record SunSpecQuirks(
    OptionalInt base,
    OptionalInt unitId,
    Duration gap,
    int mostRegisters,
    Sign sign,
    PercentBase percentBase) {

  /** How measured W and var are counted. */
  public enum Sign {
    /** Injection is positive, as SunSpec has it for everything that can generate. */
    GENERATOR,
    /** Consumption is positive. */
    LOAD
  }

  /** What 100 % stands for in models 123, 124 and 704. */
  public enum PercentBase {
    /** What is set as the largest power: WMax of model 121 or 702, WChaMax of 124. */
    SETTING,
    /** The nameplate: WRtg, MaxChaRte and MaxDisChaRte of model 120, WMaxRtg of 702. */
    RATING
  }

  /** Those of a device without any. */
  public static final SunSpecQuirks NONE =
      new SunSpecQuirks(
          OptionalInt.empty(), OptionalInt.empty(), Duration.ZERO, ModbusLink.MAX_READ);

  /** Quirks of reading alone. */
  public SunSpecQuirks(OptionalInt base, OptionalInt unitId, Duration gap, int mostRegisters) {
    this(base, unitId, gap, mostRegisters, Sign.GENERATOR, PercentBase.SETTING);
  }

  private static final String BASE = "base";
  private static final String UNIT = "unit";
  private static final String GAP = "request_gap_ms";
  private static final String MOST = "registers_per_request";
  private static final String SIGN = "sign";
  private static final String PERCENT_BASE = "percent_base";
  private static final List<String> KEYS = List.of(BASE, UNIT, GAP, MOST, SIGN, PERCENT_BASE);

  /**
   * Reads a JSON object with any of {@code base}, {@code unit}, {@code request_gap_ms}, {@code
   * registers_per_request}, {@code sign} and {@code percent_base}.
   *
   * @throws IllegalArgumentException naming file, key, value and what is allowed
   */
  public static SunSpecQuirks read(Path file) {
    JsonNode root = parse(file);
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                    file + ": unknown key " + key + "; allowed are " + String.join(", ", KEYS));
              }
            });
    return new SunSpecQuirks(
        whole(file, root, BASE, 0, 65_533),
        whole(file, root, UNIT, 0, 255),
        Duration.ofMillis(whole(file, root, GAP, 0, 10_000).orElse(0)),
        whole(file, root, MOST, 2, ModbusLink.MAX_READ).orElse(ModbusLink.MAX_READ),
        oneOf(file, root, SIGN, Sign.GENERATOR),
        oneOf(file, root, PERCENT_BASE, PercentBase.SETTING));
  }

  private static JsonNode parse(Path file) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(Files.readString(file));
    } catch (IOException e) {
      String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException(file + " cannot be read as JSON: " + line, e);
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException(file + " must be a JSON object");
    }
    return root;
  }

  private static OptionalInt whole(Path file, JsonNode root, String key, int least, int most) {
    JsonNode value = root.get(key);
    if (value == null) {
      return OptionalInt.empty();
    }
    if (!value.canConvertToInt()
        || !value.isIntegralNumber()
        || value.asInt() < least
        || value.asInt() > most) {
      throw new IllegalArgumentException(
          "%s: %s must be a whole number from %d to %d, not %s"
              .formatted(file, key, least, most, value));
    }
    return OptionalInt.of(value.asInt());
  }

  private static <E extends Enum<E>> E oneOf(Path file, JsonNode root, String key, E absent) {
    JsonNode value = root.get(key);
    if (value == null) {
      return absent;
    }
    List<E> all = List.of(absent.getDeclaringClass().getEnumConstants());
    return all.stream()
        .filter(one -> value.isTextual() && written(one).equals(value.asText()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: %s must be one of %s, not %s"
                        .formatted(
                            file,
                            key,
                            all.stream()
                                .map(SunSpecQuirks::written)
                                .collect(Collectors.joining(", ")),
                            value)));
  }

  private static String written(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
