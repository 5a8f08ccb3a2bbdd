package ndoe.controller.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import ndoe.feeders.Profile;

/**
 * Numbers and texts that belong to one party, and whether they stand in a text, in their unit or a
 * thousand times larger or smaller.
 */
final class Secrets {
  private static final double SAME = 1e-9;
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

  private final NavigableMap<Double, String> numbers = new TreeMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();

  /** A number planted because nothing else has it. */
  void plant(String name, double value) {
    numbers.put(Math.abs(value), name);
  }

  void plant(String name, String text) {
    texts.put(text, name);
  }

  /** Numbers that came of a computation; round ones, which could be anybody’s, are left out. */
  void add(String name, DoubleStream values) {
    values.filter(Secrets::distinctive).forEach(value -> numbers.put(Math.abs(value), name));
  }

  void add(String name, Profile profile) {
    add(name, profile.stream());
  }

  /** What others may know all the same. */
  void except(Profile known) {
    known.stream().forEach(this::except);
  }

  void except(double known) {
    for (Entry<Double, String> near = near(Math.abs(known)); near != null; ) {
      numbers.remove(near.getKey());
      near = near(Math.abs(known));
    }
  }

  int size() {
    return numbers.size() + texts.size();
  }

  private static boolean distinctive(double value) {
    double size = Math.abs(value);
    return Double.isFinite(value)
        && size > 1e-6
        && Math.abs(size * 1e4 - Math.rint(size * 1e4)) > 1e-6 * size;
  }

  private Entry<Double, String> near(double size) {
    Entry<Double, String> above = numbers.ceilingEntry(size * (1 - SAME));
    return above != null && above.getKey() <= size * (1 + SAME) ? above : null;
  }

  /** Names of what of it stands in a text. */
  Set<String> in(String text) {
    Set<String> found = new TreeSet<>();
    texts.forEach(
        (secret, name) -> {
          if (text.contains(secret)) {
            found.add(name);
          }
        });
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      double size = Math.abs(Double.parseDouble(matcher.group()));
      for (double factor : new double[] {1, 1000, 0.001}) {
        Entry<Double, String> near = near(size * factor);
        if (size > 0 && near != null) {
          found.add(near.getValue() + " (" + matcher.group() + ")");
        }
      }
    }
    return found;
  }
}
