package ndoe.controller.settlement;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Splits money without losing any of it. */
final class Shares {
  private Shares() {}

  /**
   * Amounts rounded to hundredths so that their sum is the given one: those with the largest
   * remainders are rounded up.
   *
   * @param amounts in the currency, adding up to about {@code hundredths}
   */
  static long[] rounded(List<Double> amounts, long hundredths) {
    long[] rounded = amounts.stream().mapToLong(a -> (long) Math.floor(100 * a)).toArray();
    List<Integer> largestRemainderFirst =
        IntStream.range(0, rounded.length)
            .boxed()
            .sorted(Comparator.comparing(i -> rounded[i] - 100 * amounts.get(i)))
            .toList();
    long missing = hundredths - java.util.Arrays.stream(rounded).sum();
    for (int i = 0; i < Math.abs(missing); i++) {
      int turn = i % rounded.length;
      int at = largestRemainderFirst.get(missing > 0 ? turn : rounded.length - 1 - turn);
      rounded[at] += Long.signum(missing);
    }
    return rounded;
  }
}
