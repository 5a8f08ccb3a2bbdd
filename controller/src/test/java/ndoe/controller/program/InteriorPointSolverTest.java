package ndoe.controller.program;

final class InteriorPointSolverTest extends ConvexSolverContract {

  @Override
  ConvexSolver solver() {
    return new InteriorPointSolver();
  }

  @Override
  ConvexSolver peer() {
    return new OjAlgoSolver();
  }
}
