package ndoe.devices.gridsimulator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Reads and checks command profiles, built in or of the user. */
public final class ScpiProfileFile {
  /** Names of the profiles that come with the program. */
  public static final List<String> BUILT_IN =
      List.of("ametek-mx", "chroma-61800", "itech-it7900", "pacific");

  private static final Pattern PLACE = Pattern.compile("\\{([^}]*)}");
  private static final Set<String> KEYS =
      Set.of("name", "vendor", "identification", "verified", "power_positive", "commands", "notes");
  private static final Set<String> COMMAND_KEYS = Set.of("lines", "decimals", "factor", "source");
  private static final int MOST_LINES = 8;
  private static final int LONGEST_LINE = 200;

  private final String file;

  private ScpiProfileFile(String file) {
    this.file = file;
  }

  /**
   * A profile by its name, else by its file.
   *
   * @throws IllegalArgumentException naming what is wrong and what is allowed
   */
  public static ScpiProfile find(String nameOrFile) {
    if (BUILT_IN.contains(nameOrFile)) {
      return builtIn(nameOrFile);
    }
    Path path = Path.of(nameOrFile);
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          "profile %s is neither a file nor one of %s"
              .formatted(nameOrFile, String.join(", ", BUILT_IN)));
    }
    return read(path);
  }

  /**
   * Reads a profile file.
   *
   * @throws IllegalArgumentException naming file, key, value and what is allowed
   */
  public static ScpiProfile read(Path path) {
    try {
      return new ScpiProfileFile(path.toString()).profile(Files.readString(path));
    } catch (IOException e) {
      throw new IllegalArgumentException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static ScpiProfile builtIn(String name) {
    String resource = name + ".json";
    try (InputStream in = ScpiProfileFile.class.getResourceAsStream(resource)) {
      return new ScpiProfileFile(resource).profile(new String(in.readAllBytes(), "UTF-8"));
    } catch (IOException e) {
      throw new IllegalStateException("built-in profile " + name, e);
    }
  }

  private ScpiProfile profile(String text) {
    JsonNode root = parse(text);
    onlyKeys(root, "", KEYS);
    JsonNode commands = root.path("commands");
    if (!commands.isObject()) {
      throw wrong("commands", commands, "a mapping of operations to their commands");
    }
    Map<ScpiOperation, ScpiCommand> read = new EnumMap<>(ScpiOperation.class);
    for (var each : commands.properties()) {
      ScpiOperation operation =
          ScpiOperation.of(each.getKey())
              .orElseThrow(
                  () -> wrong("commands." + each.getKey(), null, "one of " + operationKeys()));
      read.put(operation, command(operation, each.getValue()));
    }
    for (ScpiOperation needed :
        List.of(ScpiOperation.IDENTIFY, ScpiOperation.READ_ERROR, ScpiOperation.OUTPUT_OFF)) {
      if (!read.containsKey(needed)) {
        throw wrong("commands." + needed.key(), null, "a command; no profile is safe without it");
      }
    }
    return new ScpiProfile(
        text(root, "", "name"),
        text(root, "", "vendor"),
        identification(root),
        flag(root),
        oneOf(root, "power_positive", List.of("delivered", "absorbed")).equals("delivered"),
        read);
  }

  private JsonNode parse(String text) {
    try {
      JsonNode root =
          new ObjectMapper()
              .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(text);
      if (root.isObject()) {
        return root;
      }
    } catch (IOException e) {
      String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException(file + " is not JSON: " + line, e);
    }
    throw new IllegalArgumentException(file + " must be a JSON object");
  }

  private ScpiCommand command(ScpiOperation operation, JsonNode node) {
    String key = "commands." + operation.key();
    if (!node.isObject()) {
      throw wrong(key, node, "a mapping with lines and source");
    }
    onlyKeys(node, key + ".", COMMAND_KEYS);
    List<String> lines = new ArrayList<>();
    JsonNode given = node.path("lines");
    if (!given.isArray() || given.isEmpty() || given.size() > MOST_LINES) {
      throw wrong(key + ".lines", given, "a list of 1 to " + MOST_LINES + " lines");
    }
    given.forEach(line -> lines.add(line(operation, key, line)));
    String last = lines.get(lines.size() - 1);
    boolean asks = last.contains("?");
    if (asks != operation.isQuery()) {
      throw wrong(
          key + ".lines",
          given,
          operation.isQuery() ? "a query, with ?, as the last line" : "a command without ?");
    }
    if (operation.places().contains("value") && !last.contains("{value}")) {
      throw wrong(key + ".lines", given, "a last line with {value}");
    }
    JsonNode decimals = node.path("decimals");
    if (!decimals.isMissingNode()
        && !(decimals.isInt() && decimals.asInt() >= 0 && decimals.asInt() <= 6)) {
      throw wrong(key + ".decimals", decimals, "a whole number from 0 to 6");
    }
    JsonNode factor = node.path("factor");
    if (!factor.isMissingNode()
        && !(factor.isNumber() && factor.asDouble() >= 1e-6 && factor.asDouble() <= 1e6)) {
      throw wrong(key + ".factor", factor, "SI units per unit of the instrument, 1e-6 to 1e6");
    }
    return new ScpiCommand(
        lines, decimals.asInt(1), factor.asDouble(1), text(node, key + ".", "source"));
  }

  private String line(ScpiOperation operation, String key, JsonNode node) {
    String line = node.asText();
    if (!node.isTextual()
        || line.isBlank()
        || line.length() > LONGEST_LINE
        || line.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw wrong(key + ".lines", node, "1 to " + LONGEST_LINE + " printable ASCII characters");
    }
    Matcher places = PLACE.matcher(line);
    while (places.find()) {
      if (!operation.places().contains(places.group(1))) {
        throw wrong(
            key + ".lines",
            node,
            operation.places().isEmpty()
                ? "a line without braces"
                : "in braces only " + String.join(", ", new TreeSet<>(operation.places())));
      }
    }
    return line;
  }

  private Pattern identification(JsonNode root) {
    String pattern = text(root, "", "identification");
    try {
      return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw wrong("identification", root.get("identification"), "a regular expression for *IDN?");
    }
  }

  private boolean flag(JsonNode root) {
    JsonNode value = root.path("verified");
    if (!value.isBoolean()) {
      throw wrong("verified", value, "true or false");
    }
    return value.asBoolean();
  }

  private String oneOf(JsonNode root, String key, List<String> allowed) {
    JsonNode value = root.path(key);
    if (!allowed.contains(value.asText())) {
      throw wrong(key, value, String.join(" or ", allowed));
    }
    return value.asText();
  }

  private String text(JsonNode node, String path, String key) {
    JsonNode value = node.path(key);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw wrong(path + key, value, "a text");
    }
    return value.asText();
  }

  private void onlyKeys(JsonNode node, String path, Set<String> allowed) {
    for (var each : node.properties()) {
      if (!allowed.contains(each.getKey())) {
        throw wrong(
            path + each.getKey(), null, "one of " + String.join(", ", new TreeSet<>(allowed)));
      }
    }
  }

  private static String operationKeys() {
    return Arrays.stream(ScpiOperation.values())
        .map(ScpiOperation::key)
        .collect(Collectors.joining(", "));
  }

  private IllegalArgumentException wrong(String key, JsonNode found, String allowed) {
    String value = found == null || found.isMissingNode() ? "" : " is " + found + ";";
    return new IllegalArgumentException(
        "%s: %s%s allowed is %s".formatted(file, key, value.isEmpty() ? ":" : value, allowed));
  }
}
