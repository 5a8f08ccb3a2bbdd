package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import ndoe.feeders.Horizon;
import org.junit.jupiter.api.Test;

class HistorySplitTest {
  private static final Horizon TENTH = day(10);

  private static Horizon day(int dayOfMonth) {
    return new Horizon(LocalDateTime.of(2016, 6, dayOfMonth, 0, 0), 60, 24);
  }

  /** The days 1 to 20 without the tenth: positions 0 to 8 are before it, 9 to 18 after it. */
  private static List<Horizon> others() {
    return IntStream.rangeClosed(1, 20)
        .filter(i -> i != 10)
        .mapToObj(HistorySplitTest::day)
        .toList();
  }

  @Test
  void testsWithEverySecondDayOfTheSeason() {
    HistorySplit split = HistorySplit.of(others(), TENTH, 6);
    // The six nearest are the 7th to the 13th: positions 6 to 11.
    assertEquals(List.of(7, 9, 11), split.testing());
  }

  @Test
  void learnsFromTheNearestOfAllOtherDays() {
    HistorySplit split = HistorySplit.of(others(), TENTH, 6);
    assertEquals(List.of(8, 10, 6, 5, 12, 4, 13), split.learning().subList(0, 7));
    assertEquals(16, split.learning().size());
  }

  @Test
  void needsADayForEachPurpose() {
    List<Horizon> one = others().subList(0, 1);
    assertThrows(IllegalArgumentException.class, () -> HistorySplit.of(one, TENTH, 2));
  }
}
