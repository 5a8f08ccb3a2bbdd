package ndoe.controller.prosumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example of Chen, He, Ye and Yuan, Math. Program. 155 (2016): no objective, {@code A₁x₁ + A₂x₂
 * + A₃x₃ = 0} with a non-singular matrix, so the only solution is 0.
 */
class TriangularCorrectionTest {
  private static final double[][] BLOCKS = {{1, 1, 1}, {1, 1, 2}, {1, 2, 2}};

  private final double[] second = {1, 1, 1};
  private final double[] third = {1, 1, 1};
  private final double[] multiplier = {1, 1, 1};

  /** The block's part of the row that minimises ½‖A x + rest + λ‖². */
  private static double[] minimised(double[] column, double[] rest) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < 3; i++) {
      product -= column[i] * rest[i];
      square += column[i] * column[i];
    }
    double[] part = new double[3];
    for (int i = 0; i < 3; i++) {
      part[i] = column[i] * product / square;
    }
    return part;
  }

  private static double[] sum(double[]... vectors) {
    double[] sum = new double[3];
    for (double[] vector : vectors) {
      for (int i = 0; i < 3; i++) {
        sum[i] += vector[i];
      }
    }
    return sum;
  }

  private void sweep(TriangularCorrection correction) {
    double[] first = minimised(BLOCKS[0], sum(second, third, multiplier));
    double[] secondFound = minimised(BLOCKS[1], sum(first, third, multiplier));
    double[] thirdFound = minimised(BLOCKS[2], sum(first, secondFound, multiplier));
    double[] missing = sum(first, secondFound, thirdFound);
    for (int i = 0; i < 3; i++) {
      multiplier[i] += missing[i];
      double before = third[i];
      if (correction == null) {
        second[i] = secondFound[i];
        third[i] = thirdFound[i];
      } else {
        second[i] = correction.middle(second[i], secondFound[i], before, thirdFound[i]);
        third[i] = correction.last(before, thirdFound[i]);
      }
    }
  }

  private double size() {
    double size = 0;
    for (int i = 0; i < 3; i++) {
      size += Math.abs(second[i]) + Math.abs(third[i]) + Math.abs(multiplier[i]);
    }
    return size;
  }

  @Test
  void threeBlocksInTurnDivergeWithoutCorrection() {
    for (int sweep = 0; sweep < 3_000; sweep++) {
      sweep(null);
    }
    assertTrue(size() > 1e20, "diverges no more: " + size());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.9, 0.99})
  void theCorrectionMakesThemConverge(double step) {
    for (int sweep = 0; sweep < 5_000; sweep++) {
      sweep(new TriangularCorrection(step));
    }
    assertEquals(0, size(), 1e-6);
  }
}
