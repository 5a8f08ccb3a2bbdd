package ndoe.controller.program;

import java.util.Arrays;

/**
 * Solves convex quadratic and linear programs by a regularized primal-dual interior-point method.
 *
 * <p>Predictor and corrector follow S. Mehrotra, "On the implementation of a primal-dual interior
 * point method", SIAM J. Optim. 2 (1992). The linear systems are quasi-definite and factorized in
 * one fill-reducing order that is found once per structure. Every solve starts cold.
 */
public final class InteriorPointSolver implements ConvexSolver {
  private static final int MOST_ITERATIONS = 100;

  /** Below this, in scaled units, the measured quality is looked at. */
  private static final double WORTH_CHECKING = 1e-6;

  /** Steps as short as this lead nowhere; so many of them in a row are the end. */
  private static final double STALLED_STEP = 1e-4;

  private static final int MOST_STALLED_STEPS = 10;
  private static final int FIRST_CERTIFICATE = 10;
  private static final int BETWEEN_CERTIFICATES = 5;
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
      ScaledProgram scaled = new ScaledProgram(numbers, scaling);
      kkt.load(scaled);
      InteriorPoint iterate = new InteriorPoint(scaled, kkt);
      iterate.start();
      Point best = scaled.unscale(iterate.x, iterate.price);
      SolutionCheck check = new SolutionCheck(numbers, best);
      String failure = "";
      int stalled = 0;
      int iteration = 0;
      while (check.status() != Solution.Status.OPTIMAL
          && failure.isEmpty()
          && stalled < MOST_STALLED_STEPS
          && iteration < MOST_ITERATIONS) {
        double length = iterate.advance();
        iteration++;
        double error = iterate.error();
        if (Double.isNaN(error)) {
          break;
        }
        stalled = length < STALLED_STEP ? stalled + 1 : 0;
        boolean seekProof = iteration >= FIRST_CERTIFICATE && iteration % BETWEEN_CERTIFICATES == 0;
        if (error < WORTH_CHECKING || seekProof) {
          Point point = scaled.unscale(iterate.x, iterate.price);
          SolutionCheck next = new SolutionCheck(numbers, point);
          if (next.worst() < check.worst()) {
            best = point;
            check = next;
          }
          failure = seekProof && !next.usable() ? Certificate.find(numbers, point) : "";
        }
      }
      if (failure.isEmpty() && !check.usable()) {
        failure = stalled < MOST_STALLED_STEPS ? "not solved" : "no progress";
      }
      return new Solution(program, failure, best, check, iteration);
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
