package ndoe.controller.rehearsal;

import java.time.Duration;
import java.util.List;
import ndoe.controller.loop.RunOutcome;
import ndoe.controller.study.LinearFit;

/**
 * What a process held on to over several simulated days.
 *
 * @param days each with what was seen during it
 * @param simulatedHours all of them together, h
 * @param elapsed real time
 * @param renewals negotiations while the run went on
 * @param missedSteps intervals that passed without a step; 0 is right
 * @param violations limits of the feeder and of envelopes broken at measured states; 0 is right
 */
public record SoakReport(
    List<Day> days,
    double simulatedHours,
    Duration elapsed,
    int renewals,
    int missedSteps,
    int violations,
    RunOutcome outcome) {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  /** Most by which the heap may grow, MB per hour. */
  public static final double MOST_GROWTH_MB_PER_HOUR = 1;

  public SoakReport {
    days = List.copyOf(days);
  }

  /**
   * A simulated day.
   *
   * @param number counted from 1
   * @param end real time since the beginning
   * @param fewestThreads after an interval of it
   * @param mostThreads after an interval of it
   * @param fewestHandles open files and sockets after an interval of it
   * @param mostHandles open files and sockets after an interval of it
   * @param heapBytes in use at its end once garbage is collected
   */
  public record Day(
      int number,
      Duration end,
      int fewestThreads,
      int mostThreads,
      int fewestHandles,
      int mostHandles,
      long heapBytes) {}

  /** The first day warms up; it is left out of what must not grow when there are enough others. */
  private List<Day> settled() {
    return days.size() > 2 ? days.subList(1, days.size()) : days;
  }

  /** Least-squares slope of the heap, MB per simulated hour, the first day left out. */
  public double growthPerSimulatedHourMb() {
    return slope(settled().stream().mapToDouble(day -> 24.0 * day.number()).toArray());
  }

  /** The same per hour of real time. */
  public double growthPerRealHourMb() {
    return slope(settled().stream().mapToDouble(day -> day.end().toMillis() / 3.6e6).toArray());
  }

  private double slope(double[] hours) {
    double[] megabytes =
        settled().stream().mapToDouble(day -> day.heapBytes() / BYTES_PER_MEGABYTE).toArray();
    return megabytes.length < 2 ? 0 : LinearFit.of(hours, megabytes).slope();
  }

  /** Whether no day had more at rest than the first after warming up had at most. */
  public boolean isConstant() {
    Day first = settled().get(0);
    return settled().stream()
        .allMatch(
            day ->
                day.fewestThreads() <= first.mostThreads()
                    && day.fewestHandles() <= first.mostHandles());
  }

  /** Whether nothing grew and nothing was broken. */
  public boolean isClean() {
    return isConstant()
        && growthPerSimulatedHourMb() < MOST_GROWTH_MB_PER_HOUR
        && violations == 0
        && missedSteps == 0
        && outcome == RunOutcome.DONE;
  }
}
