package ndoe.feeders;

import java.time.Duration;
import java.time.LocalDateTime;

/**
 * The intervals a plan covers; each is right-open.
 *
 * @param start local standard time of the first interval
 * @param intervalMinutes length of one interval, minutes, > 0
 * @param intervals number of intervals, > 0
 */
public record Horizon(LocalDateTime start, int intervalMinutes, int intervals) {

  public LocalDateTime startOf(int interval) {
    return start.plusMinutes((long) interval * intervalMinutes);
  }

  /** The interval that begins at a time, counted from 0. */
  public int intervalAt(LocalDateTime start) {
    return (int) (Duration.between(this.start, start).toMinutes() / intervalMinutes);
  }

  public LocalDateTime end() {
    return startOf(intervals);
  }

  /** Length of one interval, h. */
  public double intervalHours() {
    return intervalMinutes / 60.0;
  }
}
