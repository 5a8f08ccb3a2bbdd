package ndoe.controller.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the independent program stored. */
final class PeerResults {
  private static final Path FOLDER = Path.of("src/test/resources/peers/operator-and-prosumers");

  private PeerResults() {}

  /** Rows of a CSV file without its header. */
  static List<String[]> rows(String file) {
    try (var lines = Files.lines(FOLDER.resolve(file))) {
      return lines.skip(1).map(line -> line.split(",", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String file) {
    try {
      return new ObjectMapper().readTree(FOLDER.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number at a JSON pointer; a missing one is an error, never 0. */
  static double number(JsonNode node, String pointer) {
    JsonNode value = node.at(pointer);
    if (!value.isNumber()) {
      throw new AssertionError("the peer stored no number at " + pointer);
    }
    return value.doubleValue();
  }

  static List<Double> numbers(JsonNode node, String pointer) {
    List<Double> numbers = new ArrayList<>();
    node.at(pointer).forEach(item -> numbers.add(item.doubleValue()));
    return numbers;
  }

  static List<String> texts(JsonNode node, String pointer) {
    List<String> texts = new ArrayList<>();
    node.at(pointer).forEach(item -> texts.add(item.textValue()));
    return texts;
  }
}
