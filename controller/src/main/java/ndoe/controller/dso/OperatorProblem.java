package ndoe.controller.dso;

import ndoe.controller.network.LinDistFlow;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Solution;

/** The operator’s robust problem when it decides alone (method, section 3). */
public final class OperatorProblem {
  private OperatorProblem() {}

  /**
   * Solves for envelopes the linear network can carry.
   *
   * @param margins what the AC network was found to need beyond it
   * @throws OperatorProblemException if the solver found no solution, with its reason
   */
  public static OperatorDecision solve(
      OperatorKnowledge operator, LinDistFlow network, AcMargins margins, ConvexSolver solver) {
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    OperatorModel model = new OperatorModel(operator, network, margins, program);
    PreparedProgram prepared = solver.prepare(program.build());
    Solution solution = prepared.solve();
    while (solution.usable() && model.forbidBurning(prepared, solution)) {
      solution = prepared.solve();
    }
    if (!solution.usable()) {
      throw new OperatorProblemException("the operator's problem was not solved: " + solution);
    }
    return model.decision(solution);
  }
}
