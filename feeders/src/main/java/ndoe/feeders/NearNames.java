package ndoe.feeders;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds what a mistyped name was probably meant to be. */
final class NearNames {
  private static final int SHORT_LIST = 12;

  private NearNames() {}

  /** A sentence part naming the nearest allowed name, or the allowed names when none is near. */
  static String advice(String name, Collection<String> allowed) {
    if (allowed.isEmpty()) {
      return "none is allowed here";
    }
    List<String> near =
        allowed.stream()
            .filter(candidate -> isNear(name, candidate))
            .sorted(Comparator.comparingInt(candidate -> distance(name, candidate)))
            .limit(3)
            .toList();
    if (!near.isEmpty()) {
      return "did you mean " + String.join(" or ", near) + "?";
    }
    String listed = allowed.stream().limit(SHORT_LIST).collect(Collectors.joining(", "));
    return "allowed: " + (allowed.size() > SHORT_LIST ? listed + ", …" : listed);
  }

  private static boolean isNear(String name, String candidate) {
    int tolerated = Math.max(1, Math.min(name.length(), candidate.length()) / 3);
    return distance(name, candidate) <= tolerated;
  }

  /** Insertions, deletions and replacements that turn one name into the other, case ignored. */
  static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
