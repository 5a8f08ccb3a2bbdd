package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
  private static List<Double> warm(List<Double> seconds) {
    Iterator<Double> next = seconds.iterator();
    return Repetitions.untilWarm(next::next, each -> each);
  }

  @Test
  void repeatsUntilThreeInARowTakeTheSameTime() {
    assertEquals(List.of(1.0, 1.05, 1.02), warm(List.of(3.0, 1.5, 1.0, 1.05, 1.02, 9.0)));
  }

  @Test
  void givesUpAfterEightRepetitions() {
    assertEquals(
        List.of(6.0, 7.0, 8.0), warm(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0)));
  }

  @Test
  void medianIsTheMiddleOne() {
    assertEquals(2, Repetitions.median(List.of(9.0, 1.0, 2.0), each -> each));
  }
}
