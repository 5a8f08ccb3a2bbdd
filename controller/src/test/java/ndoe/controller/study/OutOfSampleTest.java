package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutOfSampleTest {
  private static final double[] COSTS = {4, 1, 3, 2};
  private static final double[] SHED = {0, 0, 2, 0};

  /** Of the four costs: squares of 1.5, 1.5, 0.5 and 0.5, over 3 and over 4. */
  private static final double ERROR = Math.sqrt(5.0 / 3 / 4);

  @Test
  void sumsDaysUp() {
    OutOfSample result = OutOfSample.of(COSTS, SHED, 2.5);
    assertEquals(2.5, result.meanCost(), 1e-12);
    assertEquals(ERROR, result.standardError(), 1e-12);
    assertEquals(0.5, result.dearerShare(), 1e-12);
    assertEquals(0.5, result.shedKwh(), 1e-12);
  }

  @Test
  void promiseIsKeptWithinOneStandardErrorOfTheMean() {
    assertTrue(OutOfSample.of(COSTS, SHED, 2.5 - 0.99 * ERROR).promiseKept());
    assertFalse(OutOfSample.of(COSTS, SHED, 2.5 - 1.01 * ERROR).promiseKept());
  }

  @Test
  void tailIsTheDearestTwentiethOfTheDays() {
    double[] hundred = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
    assertEquals(98, OutOfSample.of(hundred, hundred, 0).tailMeanCost(), 1e-12);
    // A twentieth of thirty days is one and a half.
    double[] thirty = IntStream.rangeClosed(1, 30).mapToDouble(i -> i).toArray();
    assertEquals((30 + 29 / 2.0) / 1.5, OutOfSample.of(thirty, thirty, 0).tailMeanCost(), 1e-12);
    assertEquals(4, OutOfSample.of(COSTS, SHED, 0).tailMeanCost(), 1e-12);
  }
}
