package ndoe.controller.program;

final class OjAlgoSolverTest extends ConvexSolverContract {

  @Override
  ConvexSolver solver() {
    return new OjAlgoSolver();
  }

  @Override
  ConvexSolver peer() {
    return new InteriorPointSolver();
  }
}
