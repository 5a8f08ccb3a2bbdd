package ndoe.feeders;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Takes in the rows of a profile file and checks that its times are even. */
final class ProfileRows {
  private static final int PROBLEMS_LISTED = 10;

  private final Path path;
  private final Problems problems;
  private List<String> header = List.of();
  private List<String> columns = List.of();
  private double[][] values = {};
  private LocalDateTime start;
  private LocalDateTime expected;
  private long stepMinutes;
  private int rows;
  private int badCells;

  ProfileRows(Path path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /**
   * Reads all rows.
   *
   * @param wanted columns whose values are kept, as far as the header has them
   * @param headerOf what was found in the first row, once it was read
   */
  void read(Iterator<ProfileRow> rowsOfFile, Set<String> wanted, List<String> headerOf) {
    if (!rowsOfFile.hasNext() || rowsOfFile.next() == null || !readHeader(headerOf, wanted)) {
      problems.add(path, 1, "", "the first line must read time,column,…");
      return;
    }
    while (rowsOfFile.hasNext() && badCells < PROBLEMS_LISTED) {
      ProfileRow row = rowsOfFile.next();
      if (row.fields() != header.size()) {
        refuse(
            row.line(), "", "%d fields; the header has %d".formatted(row.fields(), header.size()));
        return;
      }
      if (!readTime(row.line(), row.time())) {
        return;
      }
      readValues(row);
      rows++;
    }
  }

  private boolean readHeader(List<String> names, Set<String> wanted) {
    header = List.copyOf(names);
    if (header.size() < 2 || !header.get(0).equals("time")) {
      return false;
    }
    for (int i = 0; i < header.size(); i++) {
      if (header.indexOf(header.get(i)) < i) {
        problems.add(path, 1, header.get(i), "two columns have this name");
      }
    }
    columns = header.stream().skip(1).filter(wanted::contains).toList();
    values = new double[columns.size()][4096];
    return true;
  }

  /** False when the time is not the one that must follow; then reading on makes no sense. */
  private boolean readTime(int line, String text) {
    if (rows > 1 && text.equals(expected.toString())) {
      expected = expected.plusMinutes(stepMinutes);
      return true;
    }
    LocalDateTime time;
    try {
      time = LocalDateTime.parse(text);
    } catch (DateTimeException notTime) {
      refuse(line, "time", "%s is not a local date and time".formatted(text));
      return false;
    }
    if (rows == 0) {
      start = time;
    } else if (rows == 1) {
      stepMinutes = Duration.between(start, time).toMinutes();
      if (stepMinutes <= 0 || !start.plusMinutes(stepMinutes).equals(time)) {
        refuse(line, "time", "%s must be whole minutes after %s".formatted(time, start));
        return false;
      }
      expected = time.plusMinutes(stepMinutes);
    } else if (time.equals(expected)) {
      expected = expected.plusMinutes(stepMinutes);
    } else {
      String fault = time.isAfter(expected) ? "a gap" : "a repeated or earlier time";
      refuse(
          line,
          "time",
          "%s: found %s, needed is %s (every %d minutes)"
              .formatted(fault, time, expected, stepMinutes));
      return false;
    }
    return true;
  }

  private void readValues(ProfileRow row) {
    for (int c = 0; c < columns.size(); c++) {
      double value = row.value(c);
      if (row.text(c) != null) {
        OptionalDouble parsed = DecimalText.parse(row.text(c));
        if (parsed.isEmpty() || parsed.getAsDouble() < 0) {
          String found = row.text(c).isEmpty() ? "nothing" : row.text(c);
          refuse(row.line(), columns.get(c), "found %s; allowed is a number ≥ 0".formatted(found));
          continue;
        }
        value = parsed.getAsDouble();
      }
      if (rows == values[c].length) {
        values[c] = Arrays.copyOf(values[c], 2 * rows);
      }
      values[c][rows] = value;
    }
  }

  private void refuse(int line, String column, String message) {
    problems.add(path, line, column, message);
    badCells++;
    if (badCells == PROBLEMS_LISTED) {
      problems.add(path, line, "", "reading stopped after %d problems".formatted(badCells));
    }
  }

  Optional<ProfileFile> finish() {
    if (rows < 2) {
      problems.add(path, 0, "", "needs at least two times");
      return Optional.empty();
    }
    Map<String, double[]> normalized = new LinkedHashMap<>();
    for (int c = 0; c < columns.size(); c++) {
      double[] column = Arrays.copyOf(values[c], rows);
      double max = Arrays.stream(column).max().orElse(0);
      if (max == 0) {
        problems.add(path, 0, columns.get(c), "is 0 throughout; it has no shape");
        continue;
      }
      normalized.put(columns.get(c), Arrays.stream(column).map(value -> value / max).toArray());
    }
    List<String> names = header.subList(1, header.size());
    return Optional.of(new ProfileFile(path, names, start, (int) stepMinutes, rows, normalized));
  }
}
