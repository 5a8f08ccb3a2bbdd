package ndoe.controller.program;

/**
 * Solves convex quadratic and linear programs by a regularized primal-dual interior-point method.
 *
 * <p>Predictor and corrector follow S. Mehrotra, "On the implementation of a primal-dual interior
 * point method", SIAM J. Optim. 2 (1992). The linear systems are quasi-definite and factorized in
 * one fill-reducing order that is found once per structure.
 */
public final class InteriorPointSolver implements ConvexSolver {
  private static final int MOST_ITERATIONS = 100;

  /** Below this, in scaled units, the measured quality is looked at. */
  private static final double WORTH_CHECKING = 1e-6;

  private static final int MOST_STALLED = 12;

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
      kkt.load(
          scaled.quadratic,
          scaled.quadratic.value,
          scaled.constraints,
          scaled.constraints.value,
          scaled.still);
      InteriorPoint iterate = new InteriorPoint(scaled, kkt);
      iterate.start();
      Point best = scaled.unscale(iterate.x, iterate.price);
      SolutionCheck bestCheck = new SolutionCheck(numbers, best);
      int stalled = 0;
      int iteration = 0;
      while (iteration < MOST_ITERATIONS
          && stalled < MOST_STALLED
          && bestCheck.status() != Solution.Status.OPTIMAL) {
        iteration++;
        double length = iterate.advance();
        double error = Math.max(iterate.stationarityError(), iterate.feasibilityError());
        if (Double.isNaN(error + iterate.complementarity())) {
          break;
        }
        stalled = length < 1e-4 ? stalled + 1 : 0;
        if (Math.max(error, iterate.complementarity()) < WORTH_CHECKING) {
          Point point = scaled.unscale(iterate.x, iterate.price);
          SolutionCheck check = new SolutionCheck(numbers, point);
          if (check.worst() < bestCheck.worst()) {
            best = point;
            bestCheck = check;
          }
        }
      }
      return new Solution(program, "", best, bestCheck, iteration);
    }
  }
}
