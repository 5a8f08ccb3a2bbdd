package ndoe.feeders;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Normalised time series of a {@code time,column…} CSV file, plain or gzipped, at even steps of
 * local standard time; a value holds from its time to the next.
 */
public final class ProfileFile {
  private static final int PROBLEMS_LISTED = 10;

  private final Path path;
  private final List<String> columns;
  private final LocalDateTime start;
  private final int stepMinutes;
  private final int steps;
  private final Map<String, double[]> normalized;

  private ProfileFile(
      Path path,
      List<String> columns,
      LocalDateTime start,
      int stepMinutes,
      int steps,
      Map<String, double[]> normalized) {
    this.path = path;
    this.columns = columns;
    this.start = start;
    this.stepMinutes = stepMinutes;
    this.steps = steps;
    this.normalized = normalized;
  }

  /**
   * Reads the times and the wanted columns, as far as the file has them; throws {@link
   * InvalidInputException} when a time is missing or a wanted value is not a number ≥ 0.
   */
  public static ProfileFile read(Path path, Set<String> wanted) {
    Problems problems = new Problems();
    Optional<ProfileFile> file = read(path, wanted, problems);
    problems.throwIfAny();
    return file.orElseThrow();
  }

  static Optional<ProfileFile> read(Path path, Set<String> wanted, Problems problems) {
    int before = problems.count();
    Reading reading = new Reading(path, problems);
    try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(open(path))) {
      reading.read(csv.iterator(), wanted);
    } catch (NoSuchFileException missing) {
      problems.add(path, 0, "", "there is no such file");
    } catch (IOException | UncheckedIOException | CsvParseException broken) {
      problems.add(path, 0, "", "cannot be read: " + broken.getMessage());
    }
    return problems.count() == before ? reading.finish() : Optional.empty();
  }

  private static Reader open(Path path) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    try {
      InputStream plain =
          path.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
      return new InputStreamReader(plain, StandardCharsets.UTF_8);
    } catch (IOException notGzip) {
      bytes.close();
      throw notGzip;
    }
  }

  /** Names of all profiles of the file, whether kept or not. */
  public List<String> columns() {
    return columns;
  }

  boolean keeps(String column) {
    return normalized.containsKey(column);
  }

  public LocalDateTime start() {
    return start;
  }

  /** End of the last step. */
  public LocalDateTime end() {
    return start.plusMinutes((long) steps * stepMinutes);
  }

  /** Why the file cannot serve this horizon, in words; empty when it can. */
  public Optional<String> whyNotCut(Horizon horizon) {
    if (horizon.start().isBefore(start) || horizon.end().isAfter(end())) {
      return Optional.of(
          "%s to %s is outside the data: %s covers %s to %s"
              .formatted(horizon.start(), horizon.end(), path.getFileName(), start, end()));
    }
    if (horizon.intervalMinutes() % stepMinutes != 0) {
      return Optional.of(
          "an interval of %d minutes is not a multiple of the %d minutes of %s"
              .formatted(horizon.intervalMinutes(), stepMinutes, path.getFileName()));
    }
    if (Duration.between(start, horizon.start()).toMinutes() % stepMinutes != 0
        || horizon.start().getSecond() != 0
        || horizon.start().getNano() != 0) {
      return Optional.of(
          "%s is between two values of %s, which stand every %d minutes from %s"
              .formatted(horizon.start(), path.getFileName(), stepMinutes, start));
    }
    return Optional.empty();
  }

  /**
   * A column divided by its maximum over the whole file: per interval the mean of its values.
   *
   * @throws IllegalArgumentException when the column was not kept or the horizon cannot be served
   */
  public Profile cut(String column, Horizon horizon) {
    whyNotCut(horizon)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
    double[] values = normalized.get(column);
    if (values == null) {
      throw new IllegalArgumentException("column " + column + " of " + path + " was not kept");
    }
    int first = (int) (Duration.between(start, horizon.start()).toMinutes() / stepMinutes);
    int perInterval = horizon.intervalMinutes() / stepMinutes;
    return Profile.generate(
        horizon.intervals(),
        t -> {
          int from = first + t * perInterval;
          return Arrays.stream(values, from, from + perInterval).sum() / perInterval;
        });
  }

  /**
   * The same clock window on the nearest other days, earliest first. The days the horizon touches
   * are left out, and so are days the file does not hold whole; of two equally near days the
   * earlier is taken first. Fewer than {@code days} when the file has no more.
   */
  public List<Horizon> nearestDays(Horizon horizon, int days) {
    LocalDate firstWhole = start.minusNanos(1).toLocalDate().plusDays(1);
    LocalDate lastWhole = end().toLocalDate().minusDays(1);
    LocalDate firstOwn = horizon.start().toLocalDate();
    LocalDate lastOwn = horizon.end().minusNanos(1).toLocalDate();
    long touched = lastOwn.toEpochDay() - firstOwn.toEpochDay() + 1;
    long farthest =
        Math.max(
            lastWhole.toEpochDay() - firstOwn.toEpochDay(),
            lastOwn.toEpochDay() - firstWhole.toEpochDay());
    List<Horizon> nearest = new ArrayList<>();
    for (long away = touched; away <= farthest && nearest.size() < days; away++) {
      for (long shift : new long[] {-away, away}) {
        boolean whole =
            !firstOwn.plusDays(shift).isBefore(firstWhole)
                && !lastOwn.plusDays(shift).isAfter(lastWhole);
        if (whole && nearest.size() < days) {
          nearest.add(
              new Horizon(
                  horizon.start().plusDays(shift), horizon.intervalMinutes(), horizon.intervals()));
        }
      }
    }
    nearest.sort((a, b) -> a.start().compareTo(b.start()));
    return nearest;
  }

  /** What has been read of a file so far. */
  private static final class Reading {
    private final Path path;
    private final Problems problems;
    private List<String> header = List.of();
    private int[] positions = {};
    private double[][] values = {};
    private LocalDateTime start;
    private LocalDateTime expected;
    private long stepMinutes;
    private int rows;
    private int badCells;

    Reading(Path path, Problems problems) {
      this.path = path;
      this.problems = problems;
    }

    void read(Iterator<CsvRecord> records, Set<String> wanted) {
      if (!records.hasNext() || !readHeader(records.next().getFields(), wanted)) {
        problems.add(path, 1, "", "the first line must read time,column,…");
        return;
      }
      while (records.hasNext() && badCells < PROBLEMS_LISTED) {
        CsvRecord row = records.next();
        int line = (int) row.getStartingLineNumber();
        if (row.getFieldCount() != header.size()) {
          refuse(
              line,
              "",
              "%d fields; the header has %d".formatted(row.getFieldCount(), header.size()));
          return;
        }
        if (!readTime(line, row.getField(0))) {
          return;
        }
        readValues(line, row);
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
      positions =
          wanted.stream().mapToInt(header::indexOf).filter(position -> position > 0).toArray();
      values = new double[positions.length][4096];
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

    private void readValues(int line, CsvRecord row) {
      for (int c = 0; c < positions.length; c++) {
        String text = row.getField(positions[c]);
        OptionalDouble value = DecimalText.parse(text);
        if (value.isEmpty() || value.getAsDouble() < 0) {
          String found = text.isEmpty() ? "nothing" : text;
          refuse(
              line, header.get(positions[c]), "found %s; allowed is a number ≥ 0".formatted(found));
          continue;
        }
        if (rows == values[c].length) {
          values[c] = Arrays.copyOf(values[c], 2 * rows);
        }
        values[c][rows] = value.getAsDouble();
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
      for (int c = 0; c < positions.length; c++) {
        double[] column = Arrays.copyOf(values[c], rows);
        double max = Arrays.stream(column).max().orElse(0);
        if (max == 0) {
          problems.add(path, 0, header.get(positions[c]), "is 0 throughout; it has no shape");
          continue;
        }
        normalized.put(
            header.get(positions[c]), Arrays.stream(column).map(value -> value / max).toArray());
      }
      List<String> columns = header.subList(1, header.size());
      return Optional.of(
          new ProfileFile(path, columns, start, (int) stepMinutes, rows, normalized));
    }
  }
}
