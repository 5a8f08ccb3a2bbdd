package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileFileTest {
  private static final Path YEAR = Path.of("ieee33/profiles-2016-15min.csv.gz");
  private static final LocalDateTime MARCH_FIRST = LocalDateTime.of(2016, 3, 1, 0, 0);
  private static final String SIX_HOURS =
      """
      time,a,b
      2016-03-01T00:00,1,9
      2016-03-01T01:00,2,9
      2016-03-01T02:00,3,9
      2016-03-01T03:00,4,9
      2016-03-01T04:00,2,9
      2016-03-01T05:00,0,9
      """;

  @TempDir private Path folder;

  @Test
  void readsAYearOfQuartersAndKeepsOnlyWhatIsWanted() {
    ProfileFile year = ProfileFile.read(YEAR, Set.of("pv1", "wind5"));
    assertEquals(34, year.columns().size());
    assertEquals(LocalDateTime.of(2016, 1, 1, 0, 0), year.start());
    assertEquals(LocalDateTime.of(2017, 1, 1, 0, 0), year.end());
    assertThrows(IllegalArgumentException.class, () -> year.cut("pv2", hours(MARCH_FIRST, 1)));
    Horizon whole = new Horizon(year.start(), 15, 366 * 96);
    assertEquals(1, year.cut("pv1", whole).stream().max().orElseThrow());
    assertEquals(0.9849 / 0.9891, firstOf("wind3"), 1e-12);
  }

  private static double firstOf(String column) {
    ProfileFile file = ProfileFile.read(YEAR, Set.of(column));
    return file.cut(column, new Horizon(file.start(), 15, 1)).at(0);
  }

  @Test
  void takesTheMeanOfEachIntervalRelativeToTheMaximumOfTheFile() {
    ProfileFile file = sixHours(SIX_HOURS);
    assertEquals(Profile.of(0.375, 0.875, 0.25), file.cut("a", new Horizon(MARCH_FIRST, 120, 3)));
    assertEquals(Profile.of(0.5, 0.75), file.cut("a", hours(MARCH_FIRST.plusHours(1), 2)));
  }

  @Test
  void readsPlainAndGzippedFilesAlike() throws IOException {
    Path gzipped = folder.resolve("six.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
      out.write(SIX_HOURS.getBytes(StandardCharsets.UTF_8));
    }
    Horizon all = hours(MARCH_FIRST, 6);
    assertEquals(
        sixHours(SIX_HOURS).cut("a", all), ProfileFile.read(gzipped, Set.of("a")).cut("a", all));
  }

  @Test
  void leavesOutTheDaysOfTheHorizonAndPartDays() {
    ProfileFile year = ProfileFile.read(YEAR, Set.of("pv1"));
    Horizon evening = new Horizon(LocalDateTime.of(2016, 1, 2, 18, 0), 60, 12);
    List<LocalDateTime> starts = year.nearestDays(evening, 3).stream().map(Horizon::start).toList();
    // Days 2 and 3 of January are touched; the window of day 1 touches day 2 as well.
    assertEquals(
        IntStream.of(4, 5, 6).mapToObj(d -> LocalDateTime.of(2016, 1, d, 18, 0)).toList(), starts);
    Horizon day = new Horizon(LocalDateTime.of(2016, 12, 31, 0, 0), 60, 24);
    assertEquals(365, year.nearestDays(day, 1000).size());
  }

  @Test
  void neverOverlapsTheHorizonWhateverItIs() {
    ProfileFile year = ProfileFile.read(YEAR, Set.of("pv1"));
    Random random = new Random(20160621);
    for (int i = 0; i < 200; i++) {
      LocalDateTime start = year.start().plusMinutes(15L * random.nextInt(360 * 96));
      Horizon horizon = new Horizon(start, 15, 1 + random.nextInt(4 * 96));
      List<Horizon> days = year.nearestDays(horizon, 60);
      assertEquals(60, days.size());
      for (Horizon day : days) {
        assertTrue(year.whyNotCut(day).isEmpty());
        assertEquals(start.toLocalTime(), day.start().toLocalTime());
        assertTrue(
            !day.end().isAfter(horizon.start()) || !day.start().isBefore(horizon.end()),
            () -> day + " overlaps " + horizon);
      }
      long farthest =
          days.stream()
              .mapToLong(day -> Math.abs(Duration.between(start, day.start()).toDays()))
              .max()
              .orElseThrow();
      assertTrue(farthest <= 66 || start.getDayOfYear() < 70 || start.getDayOfYear() > 290);
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          T02:00,3 | T02:30,3 | 4 | time | a gap: found 2016-03-01T02:30, needed is 2016-03-01T02:00
          T02:00,3 | T01:00,3 | 4 | time | a repeated or earlier time
          T01:00,2 | T00:00,2 | 3 | time | must be whole minutes after
          T02:00,3 | Tx,3     | 4 | time | not a local date and time
          T02:00,3 | T02:00,-3 | 4 | a   | found -3; allowed is a number ≥ 0
          T02:00,3 | T02:00,NaN | 4 | a  | found NaN
          T02:00,3 | T02:00,1e999 | 4 | a | found 1e999
          T02:00,3 | T02:00,  | 4 | a    | found nothing
          T02:00,3 | T02:00,3,3 | 4 | ''  | 4 fields; the header has 3
          time,a,b | a,b,c    | 1 | ''   | the first line must read time
          time,a,b | time,a,a | 1 | a    | two columns have this name
          """)
  void refuses(String text, String replacement, int line, String column, String message) {
    String broken = SIX_HOURS.replaceFirst(text, replacement);
    InvalidInputException.Problem problem =
        assertThrows(InvalidInputException.class, () -> sixHours(broken)).problems().get(0);
    assertEquals(line, problem.line());
    assertEquals(column, problem.key());
    assertTrue(problem.message().contains(message), problem::toString);
  }

  @Test
  void refusesAColumnWithoutShape() {
    String zeros = SIX_HOURS.replaceAll(":00,\\d", ":00,0");
    assertTrue(
        assertThrows(InvalidInputException.class, () -> sixHours(zeros))
            .getMessage()
            .contains("a: is 0 throughout"));
  }

  @Test
  void refusesABrokenArchive() throws IOException {
    Path path = folder.resolve("broken.csv.gz");
    Files.writeString(path, SIX_HOURS);
    assertTrue(
        assertThrows(InvalidInputException.class, () -> ProfileFile.read(path, Set.of("a")))
            .getMessage()
            .contains("cannot be read"));
  }

  @Test
  void saysWhatTheDataCover() {
    ProfileFile file = sixHours(SIX_HOURS);
    assertEquals(
        "2016-03-01T05:00 to 2016-03-01T07:00 is outside the data: six.csv covers"
            + " 2016-03-01T00:00 to 2016-03-01T06:00",
        file.whyNotCut(hours(MARCH_FIRST.plusHours(5), 2)).orElseThrow());
  }

  private static Horizon hours(LocalDateTime start, int hours) {
    return new Horizon(start, 60, hours);
  }

  private ProfileFile sixHours(String csv) {
    try {
      return ProfileFile.read(Files.writeString(folder.resolve("six.csv"), csv), Set.of("a"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
