package ndoe.feeders;

import java.time.DateTimeException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value with its place in the file, and how single values are understood.
 *
 * @param path dotted path of the key
 * @param line one-based
 */
record YamlValue(String path, int line, Node node) {

  void problem(YamlFile file, String message) {
    file.problems().add(file.path(), line, path, message);
  }

  void refuse(YamlFile file, String allowed) {
    problem(file, "found %s; allowed is %s".formatted(description(), allowed));
  }

  private String description() {
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    if (!(node instanceof ScalarNode scalar)) {
      return "a list";
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      return "nothing";
    }
    if (!scalar.isPlain()) {
      return '"' + scalar.getValue() + '"';
    }
    boolean tooLarge = Range.isBeyondAll(DecimalText.parse(scalar.getValue()).orElse(0));
    return scalar.getValue() + (tooLarge ? ", which is beyond 1e30" : "");
  }

  static Function<ScalarNode, Optional<Double>> number(Range range) {
    return scalar -> {
      OptionalDouble value =
          scalar.isPlain() ? DecimalText.parse(scalar.getValue()) : OptionalDouble.empty();
      return value.isPresent() && range.contains(value.getAsDouble())
          ? Optional.of(value.getAsDouble())
          : Optional.empty();
    };
  }

  static Function<ScalarNode, Optional<Long>> wholeNumber(long low, long high) {
    return scalar -> {
      try {
        return Optional.of(scalar)
            .filter(ScalarNode::isPlain)
            .map(plain -> Long.valueOf(plain.getValue()))
            .filter(value -> value >= low && value <= high);
      } catch (NumberFormatException notWhole) {
        return Optional.empty();
      }
    };
  }

  static Optional<String> text(ScalarNode scalar) {
    boolean other = scalar.getTag().equals(Tag.NULL) || scalar.getTag().equals(Tag.BOOL);
    return other || scalar.getValue().isBlank() ? Optional.empty() : Optional.of(scalar.getValue());
  }

  static Optional<Boolean> flag(ScalarNode scalar) {
    return Optional.of(scalar)
        .filter(any -> any.getTag().equals(Tag.BOOL))
        .map(any -> any.getValue().equalsIgnoreCase("true"));
  }

  static <T> Function<ScalarNode, Optional<T>> parsed(Function<String, T> parse) {
    return scalar -> {
      try {
        return Optional.of(parse.apply(scalar.getValue()));
      } catch (DateTimeException notTime) {
        return Optional.empty();
      }
    };
  }
}
