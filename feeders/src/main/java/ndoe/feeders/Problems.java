package ndoe.feeders;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ndoe.feeders.InvalidInputException.Problem;

/** Collects what is wrong with the files being read, so that all of it can be said at once. */
public final class Problems {
  private static final int LISTED_PER_FILE = 100;

  private final Map<Path, Set<Problem>> found = new LinkedHashMap<>();
  private int count;

  /** Notes one problem; the same one noted again counts once. {@code line} is 0 for none. */
  public void add(Path file, int line, String key, String message) {
    if (found
        .computeIfAbsent(file, any -> new LinkedHashSet<>())
        .add(new Problem(file, line, key, message))) {
      count++;
    }
  }

  /** Number of different problems so far; unchanged over a stretch of reading means it is good. */
  public int count() {
    return count;
  }

  /** Throws {@link InvalidInputException} with every problem, by file and line, if there is any. */
  public void throwIfAny() {
    if (count > 0) {
      throw new InvalidInputException(inOrder());
    }
  }

  private List<Problem> inOrder() {
    List<Problem> all = new ArrayList<>();
    for (Map.Entry<Path, Set<Problem>> ofFile : found.entrySet()) {
      ofFile.getValue().stream()
          .sorted(Comparator.comparingInt(Problem::line))
          .limit(LISTED_PER_FILE)
          .forEach(all::add);
      int left = ofFile.getValue().size() - LISTED_PER_FILE;
      if (left > 0) {
        all.add(new Problem(ofFile.getKey(), 0, "", "and %d more problems".formatted(left)));
      }
    }
    return all;
  }
}
