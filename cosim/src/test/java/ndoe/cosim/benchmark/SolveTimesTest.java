package ndoe.cosim.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import ndoe.cosim.opendss.NetworkModel;
import org.junit.jupiter.api.Test;

final class SolveTimesTest {
  @Test
  void findsBestAndMedianOfAllTurns() {
    SolveTimes times = of(1, 50.0, 20.0).and(of(1, 40.0, 30.0, 25.0));

    assertEquals(20, times.bestMicroseconds());
    assertEquals(30, times.medianMicroseconds());
    assertEquals(22.5, of(1, 25.0, 20.0).medianMicroseconds());
  }

  @Test
  void countsTheSolutionsOfAllThreads() {
    assertEquals(50_000, of(1, 20.0).bestPerSecond(), 1e-6);
    assertEquals(80_000, of(2, 25.0).bestPerSecond(), 1e-6);
  }

  @Test
  void refusesWhatIsNoTime() {
    assertThrows(IllegalArgumentException.class, () -> of(1));
    assertThrows(IllegalArgumentException.class, () -> of(1, 20.0, 0.0));
    assertThrows(IllegalArgumentException.class, () -> of(1, 20.0, Double.NaN));
  }

  @Test
  void comparesWithCAtTheBestOfBoth() {
    ModelSpeed speed = speed(Optional.of(7.0), of(1, 22.0, 30.0), of(1, 90.0, 20.0));

    assertEquals(1.1, speed.timeRatio(Work.BINDING, Work.FLOOR).orElseThrow(), 1e-12);
    assertEquals(1.76, speed.twoThreadsOverOne(), 1e-12);
    assertEquals(Optional.of(true), speed.sameAsFloor());
  }

  @Test
  void admitsThatCDidSomethingElse() {
    ModelSpeed speed = speed(Optional.of(7.1), of(1, 22.0), of(1, 20.0));

    assertEquals(Optional.of(false), speed.sameAsFloor());
  }

  @Test
  void knowsNoRatioToWhatWasNotMeasured() {
    ModelSpeed speed = speed(Optional.empty(), of(1, 22.0), of(1, 20.0));

    assertEquals(Optional.empty(), speed.timeRatio(Work.STRICT_BINDING, Work.STRICT_FLOOR));
    assertEquals(Optional.empty(), speed.sameAsFloor());
  }

  private static ModelSpeed speed(Optional<Double> floorSum, SolveTimes binding, SolveTimes floor) {
    Map<Work, SolveTimes> times =
        Map.of(Work.BINDING, binding, Work.FLOOR, floor, Work.TWO_THREADS, of(2, 25.0));
    return new ModelSpeed(NetworkModel.POSITIVE_SEQUENCE, 33, times, 7.0, floorSum);
  }

  private static SolveTimes of(int threads, Double... microseconds) {
    return new SolveTimes(threads, List.of(microseconds));
  }
}
