package ndoe.controller.peer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/** Collects what differs, so that a failure shows its pattern and not only its first row. */
final class Differences {
  private final List<String> found = new ArrayList<>();
  private int compared;

  /** Compares one value of a row that starts with a time and a name. */
  void check(String[] row, String what, String expected, double actual, double tolerance) {
    compared++;
    if (!(Math.abs(Double.parseDouble(expected) - actual) <= tolerance)) {
      found.add("%s %s %s: %s, not %s".formatted(row[0], row[1], what, actual, expected));
    }
  }

  void assertNone(int expectedComparisons) {
    assertTrue(
        compared == expectedComparisons,
        () -> compared + " values were compared instead of " + expectedComparisons);
    assertTrue(
        found.isEmpty(),
        () -> found.size() + " of " + compared + " differ:\n" + String.join("\n", found));
  }
}
