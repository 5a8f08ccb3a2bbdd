package ndoe.controller.message;

import java.util.Arrays;

/**
 * From the intervals of one horizon to those of a later one.
 *
 * @param passed intervals that are over, ≥ 0
 * @param before length of the earlier horizon, intervals
 * @param now length of the later one; where it goes beyond the earlier one’s end, the same hour of
 *     the earlier horizon stands in
 */
public record HorizonShift(int passed, int before, int now) {
  public HorizonShift {
    if (passed < 0 || before < 1 || now < 1) {
      throw new IllegalArgumentException(
          "%d intervals passed of %d, %d to come".formatted(passed, before, now));
    }
  }

  /** Which interval of the earlier horizon an interval of the later one was, or is like. */
  public int from(int interval) {
    return (interval + passed) % before;
  }

  /** One number per interval, moved on; as many times one after another as there are. */
  public double[] moved(double[] values) {
    int times = values.length / before;
    double[] moved = new double[times * now];
    Arrays.setAll(moved, i -> values[i / now * before + from(i % now)]);
    return moved;
  }
}
