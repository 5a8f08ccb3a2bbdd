package ndoe.controller.program;

import java.util.Arrays;

/**
 * The linear system of an interior-point step, {@code [P + H A'; A −W]}, over a fixed pattern.
 *
 * <p>Items are numbered variables first, then rows. What is factorized has a small regularization
 * on the diagonal that makes it quasi-definite; iterative refinement takes its effect out again.
 */
final class KktSystem {
  private static final int REFINEMENTS = 6;
  private static final double REFINED = 1e-6;

  private final int variableCount;
  private final SparseMatrix matrix;
  private final LdlFactorization factorization;

  /** Where the entries of P and A and the diagonal are among the values of the matrix. */
  private final int[] quadraticPlace;

  private final int[] constraintPlace;
  private final int[] diagonalPlace;
  private final double[] quadraticDiagonal;
  private final double[] shifted;
  private final double[] residual;
  private final double[] correction;

  KktSystem(SparseMatrix quadratic, SparseMatrix constraints) {
    int n = constraints.columnCount;
    int size = n + constraints.rowCount;
    variableCount = n;
    quadraticPlace = new int[quadratic.entryCount()];
    constraintPlace = new int[constraints.entryCount()];
    diagonalPlace = new int[size];
    matrix = assemble(quadratic, constraints);
    int[] signs = new int[size];
    Arrays.fill(signs, 0, n, 1);
    Arrays.fill(signs, n, size, -1);
    factorization = new LdlFactorization(matrix, signs);
    quadraticDiagonal = new double[size];
    shifted = new double[matrix.entryCount()];
    residual = new double[size];
    correction = new double[size];
  }

  int factorEntryCount() {
    return factorization.entryCount();
  }

  /** Enters the values of P and A, leaving out the coupling of the items that stay as they are. */
  void load(ScaledProgram program) {
    SparseMatrix quadratic = program.quadratic;
    SparseMatrix constraints = program.constraints;
    boolean[] still = program.still;
    Arrays.fill(quadraticDiagonal, 0);
    for (int j = 0; j < variableCount; j++) {
      for (int p = quadratic.start[j]; p < quadratic.start[j + 1]; p++) {
        int i = quadratic.row[p];
        double value = still[i] || still[j] ? 0 : quadratic.value[p];
        if (i == j) {
          quadraticDiagonal[j] = value;
        } else {
          matrix.value[quadraticPlace[p]] = value;
        }
      }
      for (int p = constraints.start[j]; p < constraints.start[j + 1]; p++) {
        boolean coupled = !still[j] && !still[variableCount + constraints.row[p]];
        matrix.value[constraintPlace[p]] = coupled ? constraints.value[p] : 0;
      }
    }
  }

  /**
   * Factorizes with H for the variables and −W for the rows on the diagonal.
   *
   * @param regularization added to the size of every diagonal entry in the factors only
   * @return whether every pivot had its sign
   */
  boolean factorize(double[] diagonal, double regularization) {
    for (int k = 0; k < diagonal.length; k++) {
      matrix.value[diagonalPlace[k]] = quadraticDiagonal[k] + diagonal[k];
    }
    System.arraycopy(matrix.value, 0, shifted, 0, shifted.length);
    for (int k = 0; k < diagonal.length; k++) {
      shifted[diagonalPlace[k]] += k < variableCount ? regularization : -regularization;
    }
    factorization.factorize(shifted);
    return factorization.replacedPivots() == 0;
  }

  /** Solves as exactly as the regularization allows. */
  void solveOnce(double[] rightHandSide, double[] solution) {
    factorization.solve(rightHandSide, solution);
  }

  /** Solves for the right-hand side and returns the error that is left, relative to it. */
  double solve(double[] rightHandSide, double[] solution) {
    double size = 1e-300 + largest(rightHandSide);
    factorization.solve(rightHandSide, solution);
    double error = computeResidual(rightHandSide, solution);
    for (int k = 0; k < REFINEMENTS && error > REFINED * size; k++) {
      factorization.solve(residual, correction);
      add(1, solution);
      double next = computeResidual(rightHandSide, solution);
      if (!(next < error)) {
        add(-1, solution);
        break;
      }
      boolean slow = next > error / 2;
      error = next;
      if (slow) {
        break;
      }
    }
    return error / size;
  }

  private void add(double factor, double[] solution) {
    for (int k = 0; k < solution.length; k++) {
      solution[k] += factor * correction[k];
    }
  }

  private double computeResidual(double[] rightHandSide, double[] solution) {
    System.arraycopy(rightHandSide, 0, residual, 0, residual.length);
    matrix.symmetricMultiplyAdd(-1, solution, residual);
    return largest(residual);
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** Lays out the upper triangle: P and a diagonal, then for each row its entries and diagonal. */
  private SparseMatrix assemble(SparseMatrix quadratic, SparseMatrix constraints) {
    int n = variableCount;
    int size = n + constraints.rowCount;
    int[] start = new int[size + 1];
    for (int j = 0; j < n; j++) {
      start[j + 1]++;
      for (int p = quadratic.start[j]; p < quadratic.start[j + 1]; p++) {
        if (quadratic.row[p] != j) {
          start[j + 1]++;
        }
      }
    }
    for (int p = 0; p < constraints.entryCount(); p++) {
      start[n + constraints.row[p] + 1]++;
    }
    for (int k = 0; k < size; k++) {
      start[k + 1] += start[k] + (k < n ? 0 : 1);
      diagonalPlace[k] = start[k + 1] - 1;
    }
    int[] row = new int[start[size]];
    int[] next = Arrays.copyOf(start, size);
    for (int j = 0; j < n; j++) {
      for (int p = quadratic.start[j]; p < quadratic.start[j + 1]; p++) {
        if (quadratic.row[p] == j) {
          quadraticPlace[p] = diagonalPlace[j];
        } else {
          quadraticPlace[p] = next[j];
          row[next[j]++] = quadratic.row[p];
        }
      }
      for (int p = constraints.start[j]; p < constraints.start[j + 1]; p++) {
        int column = n + constraints.row[p];
        constraintPlace[p] = next[column];
        row[next[column]++] = j;
      }
    }
    for (int k = 0; k < size; k++) {
      row[diagonalPlace[k]] = k;
    }
    return new SparseMatrix(size, size, start, row, new double[row.length]);
  }
}
