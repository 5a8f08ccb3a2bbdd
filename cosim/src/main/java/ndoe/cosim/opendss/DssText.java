package ndoe.cosim.opendss;

import java.util.Arrays;
import java.util.List;

/** Answers of the engine’s language. */
final class DssText {
  private DssText() {}

  /** Entries of a list such as {@code [a, b]}. */
  static List<String> list(String answer) {
    return Arrays.stream(answer.replaceAll("[\\[\\](){}\"]", " ").trim().split("[\\s,|]+"))
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  static double[] numbers(String answer) {
    return list(answer).stream().mapToDouble(Double::parseDouble).toArray();
  }
}
