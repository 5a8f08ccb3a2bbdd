package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LinearFitTest {
  @Test
  void findsTheLineItsValuesLieOn() {
    LinearFit fit = LinearFit.of(new double[] {8, 32, 128}, new double[] {100, 340, 1300});
    assertEquals(20, fit.atZero(), 1e-9);
    assertEquals(10, fit.slope(), 1e-9);
    assertEquals(10_020, fit.at(1000), 1e-6);
    assertEquals(0, fit.largestRelativeError(), 1e-12);
  }

  @Test
  void goesThroughTheOriginWhereAllIsMeasuredAtOnePlace() {
    LinearFit fit = LinearFit.of(new double[] {8, 8}, new double[] {80, 80});
    assertEquals(0, fit.atZero());
    assertEquals(10_000, fit.at(1000), 1e-6);
  }

  @Test
  void saysHowFarOffItIsAtTheWorst() {
    LinearFit fit = LinearFit.of(new double[] {1, 2, 3}, new double[] {10, 26, 30});
    assertTrue(fit.largestRelativeError() > 0.05, fit::toString);
    for (double place : new double[] {1, 2, 3}) {
      double value = place == 2 ? 26 : 10 * place;
      assertTrue(Math.abs(fit.at(place) - value) <= (fit.largestRelativeError() + 1e-12) * value);
    }
  }

  @Test
  void needsAValueForEachPlace() {
    assertThrows(
        IllegalArgumentException.class, () -> LinearFit.of(new double[] {1, 2}, new double[] {1}));
    assertThrows(IllegalArgumentException.class, () -> LinearFit.of(new double[0], new double[0]));
  }
}
