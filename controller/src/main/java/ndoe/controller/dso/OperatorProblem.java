package ndoe.controller.dso;

import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.PreparedProgram;
import ndoe.controller.program.Solution;
import ndoe.feeders.EnvelopePlan;

/** The operator’s robust problem when nobody is asked (method, section 3). */
public final class OperatorProblem {
  private OperatorProblem() {}

  /**
   * Solves for envelopes the linear network can carry.
   *
   * @param margins the linear network, and what the AC network was found to need beyond it
   * @throws OperatorProblemException if the solver found no solution, with its reason
   */
  public static OperatorDecision solve(
      OperatorKnowledge operator, AcMargins margins, ConvexSolver solver) {
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    return solve(new OperatorModel(operator, margins, program), program, solver);
  }

  /**
   * Schedules the operator’s own assets for envelopes and plans that are agreed.
   *
   * @throws OperatorProblemException if the solver found no solution, with its reason
   */
  public static OperatorDecision schedule(
      OperatorKnowledge operator, AcMargins margins, EnvelopePlan agreed, ConvexSolver solver) {
    ConvexProgram.Builder program = new ConvexProgram.Builder();
    OperatorModel model = OperatorModel.forAgreed(operator, margins, program, agreed);
    return solve(model, program, solver);
  }

  private static OperatorDecision solve(
      OperatorModel model, ConvexProgram.Builder program, ConvexSolver solver) {
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
