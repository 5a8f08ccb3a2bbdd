package ndoe.controller.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import ndoe.controller.loop.RunOutcome;
import org.junit.jupiter.api.Test;

class SoakReportTest {
  private static final long HEAP = 40_000_000;

  private static SoakReport report(
      IntUnaryOperator threads, IntUnaryOperator handles, IntToLongFunction heap) {
    List<SoakReport.Day> days =
        IntStream.rangeClosed(1, 7)
            .mapToObj(
                day ->
                    new SoakReport.Day(
                        day,
                        Duration.ofMinutes(day),
                        threads.applyAsInt(day),
                        threads.applyAsInt(day) + 4,
                        handles.applyAsInt(day),
                        handles.applyAsInt(day) + 1,
                        heap.applyAsLong(day)))
            .toList();
    return new SoakReport(days, 168, Duration.ofMinutes(7), 40, 0, 0, RunOutcome.DONE);
  }

  @Test
  void whatStaysTheSameIsClean() {
    assertTrue(report(day -> 100, day -> 90, day -> HEAP).isClean());
  }

  @Test
  void whatTheFirstDayWarmsUpDoesNotCount() {
    SoakReport report = report(day -> 100, day -> 90, day -> day == 1 ? HEAP / 2 : HEAP);
    assertEquals(0, report.growthPerSimulatedHourMb(), 1e-9);
    assertTrue(report.isClean());
  }

  @Test
  void threadLostEveryDayIsSeen() {
    assertFalse(report(day -> 100 + day, day -> 90, day -> HEAP).isConstant());
  }

  @Test
  void handlesThatAreNotGivenBackAreSeen() {
    assertFalse(report(day -> 100, day -> day < 5 ? 90 : 92, day -> HEAP).isConstant());
  }

  @Test
  void growingHeapIsSeenPerSimulatedAndPerRealHour() {
    SoakReport report = report(day -> 100, day -> 90, day -> HEAP + day * 48_000_000L);
    assertEquals(2, report.growthPerSimulatedHourMb(), 1e-9);
    assertEquals(48 * 60, report.growthPerRealHourMb(), 1e-6);
    assertFalse(report.isClean());
  }
}
