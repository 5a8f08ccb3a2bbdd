package ndoe.feeders;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
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
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Normalised time series of a {@code time,column…} CSV file, plain or gzipped, at even steps of
 * local standard time; a value holds from its time to the next.
 */
public final class ProfileFile {
  private final Path path;
  private final List<String> columns;
  private final LocalDateTime start;
  private final int stepMinutes;
  private final int steps;
  private final Map<String, double[]> normalized;

  ProfileFile(
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
    ProfileRows rows = new ProfileRows(path, problems);
    ProfileRow.Handler handler = new ProfileRow.Handler(wanted);
    try (CsvReader<ProfileRow> csv =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(handler, open(path))) {
      rows.read(csv.iterator(), wanted, handler.header());
    } catch (NoSuchFileException missing) {
      problems.add(path, 0, "", "there is no such file");
    } catch (IOException | UncheckedIOException | CsvParseException broken) {
      problems.add(path, 0, "", "cannot be read: " + broken.getMessage());
    }
    return problems.count() == before ? rows.finish() : Optional.empty();
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
    if (Duration.between(start, horizon.start()).toNanos()
            % Duration.ofMinutes(stepMinutes).toNanos()
        != 0) {
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
}
