package ndoe.controller.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LdlFactorizationTest {

  @ParameterizedTest
  @CsvSource({"1,0", "2,1", "10,15", "50,100", "200,300", "200,4000", "1000,3000"})
  void solvesRandomQuasiDefiniteSystems(int size, int entries) {
    Random random = new Random(size + entries);
    int[] signs = new int[size];
    Triplets triplets = new Triplets();
    for (int k = 0; k < size; k++) {
      signs[k] = k < size * 2 / 3 ? 1 : -1;
      triplets.add(k, k, signs[k] * (1 + random.nextDouble()));
    }
    for (int e = 0; e < entries; e++) {
      int i = random.nextInt(size);
      int j = random.nextInt(size);
      // Between unlike signs only: whatever the size, the matrix stays quasi-definite.
      if (signs[i] != signs[j]) {
        triplets.add(Math.min(i, j), Math.max(i, j), random.nextGaussian());
      }
    }
    SparseMatrix matrix = triplets.toMatrix(size, size);
    double[] expected = random.doubles(size, -1, 1).toArray();
    double[] rightHandSide = new double[size];
    matrix.symmetricMultiplyAdd(1, expected, rightHandSide);
    LdlFactorization factorization = new LdlFactorization(matrix, signs);
    for (int again = 0; again < 2; again++) {
      factorization.factorize(matrix.value);
      double[] actual = new double[size];
      factorization.solve(rightHandSide, actual);
      assertEquals(0, factorization.replacedPivots());
      assertArrayEquals(expected, actual, 1e-9);
    }
  }

  @Test
  void replacesPivotsOfTheWrongSign() {
    Triplets triplets = new Triplets();
    triplets.add(0, 0, 1);
    triplets.add(0, 1, 1);
    triplets.add(1, 1, 1);
    SparseMatrix singular = triplets.toMatrix(2, 2);
    LdlFactorization factorization = new LdlFactorization(singular, new int[] {1, 1});
    factorization.factorize(singular.value);
    assertEquals(1, factorization.replacedPivots());
  }

  @Test
  void ordersEveryVariableOnce() {
    SparseMatrix grid = grid(30);
    int[] order = MinimumDegree.order(900, grid.start, grid.row);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int k = 0; k < 900; k++) {
      assertEquals(k, sorted[k]);
    }
  }

  @Test
  void eliminatesATreeWithoutFill() {
    Random random = new Random(4);
    Triplets tree = new Triplets();
    int[] signs = new int[500];
    Arrays.fill(signs, 1);
    for (int k = 0; k < 500; k++) {
      tree.add(k, k, 10);
      if (k > 0) {
        tree.add(random.nextInt(k), k, 1);
      }
    }
    assertEquals(499, new LdlFactorization(tree.toMatrix(500, 500), signs).entryCount());
  }

  @Test
  void fillsAGridFarLessThanItsBand() {
    SparseMatrix grid = grid(40);
    int[] signs = new int[1600];
    Arrays.fill(signs, 1);
    int entries = new LdlFactorization(grid, signs).entryCount();
    // Row by row the factor has 40 entries a column: 64,000. Nested dissection has some 22,000.
    assertTrue(entries < 28_000, "entries " + entries);
  }

  private static SparseMatrix grid(int side) {
    Triplets triplets = new Triplets();
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        int k = i * side + j;
        triplets.add(k, k, 5);
        if (j > 0) {
          triplets.add(k - 1, k, -1);
        }
        if (i > 0) {
          triplets.add(k - side, k, -1);
        }
      }
    }
    return triplets.toMatrix(side * side, side * side);
  }
}
