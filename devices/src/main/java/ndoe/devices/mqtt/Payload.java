package ndoe.devices.mqtt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import ndoe.devices.DeviceLinkException;

/** A JSON object of version 1, read key by key; what does not fit is a DeviceLinkException. */
public final class Payload {
  private static final int VERSION = 1;
  private static final int MAX_LENGTH = 16_384;
  private static final int MAX_QUOTED = 60;
  private static final int MAX_NESTING = 8;
  private static final int MAX_DIGITS = 64;
  private static final int MAX_NAME = 128;
  private static final int PHASES = 3;
  private static final Pattern UTC =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z");
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_NESTING)
                          .maxNumberLength(MAX_DIGITS)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String what;
  private final JsonNode node;

  private Payload(String what, JsonNode node) {
    this.what = what;
    this.node = node;
  }

  /** An object of the present version, to be filled. */
  public static ObjectNode write() {
    return MAPPER.createObjectNode().put("v", VERSION);
  }

  static Payload read(String what, String text) {
    return read(what, text, MAX_LENGTH);
  }

  /**
   * Reads an object of the present version.
   *
   * @param what it is, for what is said when it does not fit
   * @param maxLength characters
   * @throws DeviceLinkException if it is none
   */
  public static Payload read(String what, String text, int maxLength) {
    Payload payload = parse(what, text, maxLength);
    JsonNode version = payload.node.get("v");
    if (version == null || !version.isInt() || version.intValue() != VERSION) {
      throw payload.unfit("v", "must be " + VERSION);
    }
    return payload;
  }

  /** Reads an object of any version, to find out whom to answer. */
  static Payload parse(String what, String text) {
    return parse(what, text, MAX_LENGTH);
  }

  private static Payload parse(String what, String text, int maxLength) {
    if (text.length() > maxLength) {
      throw new DeviceLinkException(what + ": longer than " + maxLength + " characters");
    }
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node == null || !node.isObject()) {
        throw new DeviceLinkException(what + ": not a JSON object");
      }
      return new Payload(what, node);
    } catch (StreamConstraintsException e) {
      throw new DeviceLinkException(
          "%s: nested deeper than %d levels, or a number of more than %d digits"
              .formatted(what, MAX_NESTING, MAX_DIGITS),
          e);
    } catch (JsonProcessingException e) {
      throw new DeviceLinkException(what + ": not JSON: " + e.getOriginalMessage(), e);
    }
  }

  public boolean has(String key) {
    return node.has(key);
  }

  boolean isNull(String key) {
    return node.has(key) && node.get(key).isNull();
  }

  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  public String text(String key) {
    JsonNode value = required(key);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw unfit(key, "must be a text");
    }
    if (value.textValue().length() > MAX_NAME) {
      throw unfit(key, "must have at most " + MAX_NAME + " characters");
    }
    return sendable(key, value.textValue());
  }

  /** A text of any length. */
  Optional<String> optionalProse(String key) {
    if (has(key) && !node.get(key).isTextual()) {
      throw unfit(key, "must be a text");
    }
    return has(key) ? Optional.of(sendable(key, node.get(key).textValue())) : Optional.empty();
  }

  Optional<String> optionalText(String key) {
    return has(key) ? Optional.of(text(key)) : Optional.empty();
  }

  public boolean flag(String key) {
    JsonNode value = required(key);
    if (!value.isBoolean()) {
      throw unfit(key, "must be true or false");
    }
    return value.booleanValue();
  }

  public long count(String key) {
    JsonNode value = required(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw unfit(key, "must be an integer from 0");
    }
    return value.longValue();
  }

  public double number(String key) {
    return number(key, required(key));
  }

  double nonNegative(String key) {
    double value = number(key);
    if (value < 0) {
      throw unfit(key, "must not be negative");
    }
    return value;
  }

  OptionalDouble optionalNumber(String key) {
    return has(key) ? OptionalDouble.of(number(key)) : OptionalDouble.empty();
  }

  /** Exactly so many numbers. */
  public double[] numbers(String key, int count) {
    JsonNode list = required(key);
    if (!list.isArray() || list.size() != count) {
      throw unfit(key, "must be a list of " + count + " numbers");
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = number(key, list.get(i));
    }
    return values;
  }

  /** A list of at most so many objects. */
  public List<Payload> objects(String key, int most) {
    JsonNode list = required(key);
    if (!list.isArray() || list.size() > most) {
      throw unfit(key, "must be a list of at most " + most + " objects");
    }
    List<Payload> objects = new ArrayList<>();
    for (JsonNode object : list) {
      if (!object.isObject()) {
        throw unfit(key, "must be a list of objects");
      }
      objects.add(new Payload(what + "." + key, object));
    }
    return objects;
  }

  /** One number for each phase, none if absent. */
  List<Double> phases(String key) {
    List<Double> values = new ArrayList<>();
    if (has(key)) {
      if (!node.get(key).isArray() || node.get(key).size() > PHASES) {
        throw unfit(key, "must be a list of at most " + PHASES + " numbers");
      }
      node.get(key).forEach(value -> values.add(number(key, value)));
    }
    return values;
  }

  Set<String> texts(String key) {
    Set<String> values = new TreeSet<>();
    if (!required(key).isArray()) {
      throw unfit(key, "must be a list of texts");
    }
    for (JsonNode value : node.get(key)) {
      if (!value.isTextual()) {
        throw unfit(key, "must be a list of texts");
      }
      values.add(sendable(key, value.textValue()));
    }
    return values;
  }

  Instant instant(String key) {
    String time = text(key);
    String rule = "must be a UTC time such as 2026-11-22T14:35:19.806Z";
    if (!UTC.matcher(time).matches()) {
      throw unfit(key, rule);
    }
    try {
      return Instant.parse(time);
    } catch (DateTimeException e) {
      throw unfit(key, rule);
    }
  }

  Optional<Instant> optionalInstant(String key) {
    return has(key) ? Optional.of(instant(key)) : Optional.empty();
  }

  /** A nested object. */
  public Payload object(String key) {
    if (!required(key).isObject()) {
      throw unfit(key, "must be an object");
    }
    return new Payload(what + "." + key, node.get(key));
  }

  public <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    String name = text(key);
    for (E constant : type.getEnumConstants()) {
      if (nameOf(constant).equals(name)) {
        return constant;
      }
    }
    throw unfit(key, "must be one of " + String.join(", ", names(type)));
  }

  /** How a constant is written. */
  public static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  public DeviceLinkException unfit(String key, String rule) {
    String found = node.has(key) ? node.get(key).toString() : "absent";
    String quoted = found.length() > MAX_QUOTED ? found.substring(0, MAX_QUOTED) + "…" : found;
    return new DeviceLinkException(what + ": " + key + " " + rule + ": " + quoted);
  }

  private double number(String key, JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw unfit(key, "must be a finite number");
    }
    return value.doubleValue();
  }

  /** Half a surrogate pair would arrive as another text at whoever it is sent on to. */
  private String sendable(String key, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw unfit(key, "must be a text of whole Unicode characters");
    }
    return text;
  }

  private JsonNode required(String key) {
    if (!node.has(key)) {
      throw unfit(key, "is missing");
    }
    return node.get(key);
  }

  private static List<String> names(Class<? extends Enum<?>> type) {
    List<String> names = new ArrayList<>();
    for (Enum<?> constant : type.getEnumConstants()) {
      names.add(nameOf(constant));
    }
    return names;
  }
}
