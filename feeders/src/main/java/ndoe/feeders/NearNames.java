package ndoe.feeders;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds what a mistyped name was probably meant to be. */
public final class NearNames {
  private static final int SHORT_LIST = 12;

  private NearNames() {}

  /** A sentence part naming the nearest allowed name, or the allowed names when none is near. */
  public static String advice(String name, Collection<String> allowed) {
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

  /** Letters added, left out, replaced or swapped between the two names, case ignored. */
  static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
