package ndoe.controller.program;

import java.util.Arrays;

/**
 * Solves convex quadratic and linear programs by a regularized primal-dual interior-point method.
 *
 * <p>Predictor and corrector follow S. Mehrotra, "On the implementation of a primal-dual interior
 * point method", SIAM J. Optim. 2 (1992). The linear systems are quasi-definite and factorized in
 * one fill-reducing order that is found once per structure. A solve starts cold, or at an earlier
 * solution moved off its bounds.
 */
public final class InteriorPointSolver implements ConvexSolver {
  private static final int MOST_ITERATIONS = 100;

  /** Steps as short as this lead nowhere; so many of them in a row are the end. */
  private static final double STALLED_STEP = 1e-4;

  private static final int MOST_STALLED_STEPS = 10;

  /** A start from an earlier solution that leads nowhere is given up sooner. */
  private static final int MOST_WARM_ITERATIONS = 20;

  private static final double STALLED_WARM_STEP = 0.1;
  private static final int MOST_STALLED_WARM_STEPS = 3;
  private static final double CONVEXITY_TOLERANCE = 1e-9;

  @Override
  public PreparedProgram prepare(ConvexProgram program) {
    return new Prepared(program);
  }

  private static final class Prepared implements PreparedProgram {
    private final ConvexProgram program;
    private final ProgramNumbers numbers;
    private final Scaling scaling;
    private final KktSystem kkt;

    Prepared(ConvexProgram program) {
      this.program = program;
      numbers = program.numbers();
      scaling = new Scaling(program.quadratic, program.constraints);
      checkConvexity();
      kkt = new KktSystem(program.quadratic, program.constraints);
    }

    @Override
    public void setLinearCost(Variable variable, double cost) {
      numbers.setLinearCost(variable, cost);
    }

    @Override
    public void setBounds(Variable variable, double lower, double upper) {
      numbers.setBounds(variable, lower, upper);
    }

    @Override
    public void setBounds(Row row, double lower, double upper) {
      numbers.setBounds(row, lower, upper);
    }

    @Override
    public Solution solve() {
      return solveCold(load(), SolutionCheck.OPTIMAL_TOLERANCE, 0);
    }

    @Override
    public Solution solveNear(Solution earlier, double accuracy) {
      earlier.checkStart(program, accuracy);
      ScaledProgram scaled = load();
      if (!earlier.usable()) {
        return solveCold(scaled, accuracy, 0);
      }
      InteriorPoint iterate = new InteriorPoint(scaled, kkt);
      Search search = new Search(numbers, scaled, iterate, accuracy);
      double violation = iterate.startAt(earlier.point());
      search.lookIfWorth(iterate.error());
      if (!search.reached()) {
        iterate.moveInside(violation);
        search.run(MOST_WARM_ITERATIONS, STALLED_WARM_STEP, MOST_STALLED_WARM_STEPS);
      }
      return search.reached()
          ? search.solution(0)
          : solveCold(scaled, accuracy, search.iterations());
    }

    private ScaledProgram load() {
      ScaledProgram scaled = new ScaledProgram(numbers, scaling);
      kkt.load(scaled);
      return scaled;
    }

    private Solution solveCold(ScaledProgram scaled, double accuracy, int iterationsBefore) {
      InteriorPoint iterate = new InteriorPoint(scaled, kkt);
      iterate.start();
      Search search = new Search(numbers, scaled, iterate, accuracy);
      search.look();
      search.run(MOST_ITERATIONS, STALLED_STEP, MOST_STALLED_STEPS);
      return search.solution(iterationsBefore);
    }

    private void checkConvexity() {
      SparseMatrix p = program.quadratic;
      double[] values = Scaling.scaledValues(p, scaling.column, scaling.column);
      Triplets shifted = new Triplets();
      for (int j = 0; j < p.columnCount; j++) {
        shifted.add(j, j, CONVEXITY_TOLERANCE);
        for (int k = p.start[j]; k < p.start[j + 1]; k++) {
          shifted.add(p.row[k], j, values[k]);
        }
      }
      SparseMatrix matrix = shifted.toMatrix(p.rowCount, p.columnCount);
      int[] signs = new int[p.columnCount];
      Arrays.fill(signs, 1);
      LdlFactorization factorization = new LdlFactorization(matrix, signs);
      factorization.factorize(matrix.value);
      if (factorization.replacedPivots() > 0) {
        throw new IllegalArgumentException("The quadratic cost is not convex");
      }
    }
  }
}
