package ndoe.devices.sunspec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import ndoe.devices.modbus.ModbusLink;

/**
 * In what a vendor’s devices differ from others when they are read.
 *
 * @param base the only register to look for the marker at; the usual ones in turn when empty
 * @param unitId Modbus unit id, 0 to 255, unless the user names another
 * @param gap kept between an answer and the next request
 * @param mostRegisters that one request may read, 2 to 125
 */
public record SunSpecQuirks(OptionalInt base, OptionalInt unitId, Duration gap, int mostRegisters) {
  /** Those of a device without any. */
  public static final SunSpecQuirks NONE =
      new SunSpecQuirks(
          OptionalInt.empty(), OptionalInt.empty(), Duration.ZERO, ModbusLink.MAX_READ);

  private static final String BASE = "base";
  private static final String UNIT = "unit";
  private static final String GAP = "request_gap_ms";
  private static final String MOST = "registers_per_request";
  private static final List<String> KEYS = List.of(BASE, UNIT, GAP, MOST);

  /**
   * Reads a JSON object with any of {@code base}, {@code unit}, {@code request_gap_ms} and {@code
   * registers_per_request}.
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
        whole(file, root, MOST, 2, ModbusLink.MAX_READ).orElse(ModbusLink.MAX_READ));
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
}
