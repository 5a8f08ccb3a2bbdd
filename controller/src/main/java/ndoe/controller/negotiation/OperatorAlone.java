package ndoe.controller.negotiation;

import java.util.List;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.dso.OperatorProblem;
import ndoe.controller.program.ConvexSolver;
import ndoe.cosim.validation.AcValidator;
import ndoe.cosim.validation.SecurityCase;
import ndoe.cosim.validation.Verdict;

/** The operator decides without hearing anybody, until the AC network agrees (method, 11). */
final class OperatorAlone {
  private final Participants participants;
  private final ConvexSolver solver;
  private final AcValidator judge;
  private final NegotiationListener listener;

  OperatorAlone(
      Participants participants,
      ConvexSolver solver,
      AcValidator judge,
      NegotiationListener listener) {
    this.participants = participants;
    this.solver = solver;
    this.judge = judge;
    this.listener = listener;
  }

  /** The decision and the margins it was made with. */
  record Settled(OperatorDecision decision, AcMargins margins, AcFeedback feedback) {

    int passes() {
      return feedback.passes();
    }

    /** Whether passive load alone breaks limits of the AC network, so that no offer is secure. */
    boolean hopeless() {
      return !feedback.secure() && !decision.brokenLimits().isEmpty();
    }
  }

  Settled settle() {
    AcFeedback feedback = new AcFeedback(participants.operator(), participants.network());
    while (true) {
      OperatorDecision decision =
          OperatorProblem.solve(participants.operator(), feedback.margins(), solver);
      AcMargins used = feedback.margins();
      boolean closed = compared(feedback, decision, participants, judge);
      listener.feedbackPass(feedback.passes(), feedback.change(), decision.objective());
      boolean hopeless = feedback.settled() && !decision.brokenLimits().isEmpty();
      if (closed || hopeless || feedback.exhausted()) {
        used.accept(decision.brokenLimits());
        return new Settled(decision, used, feedback);
      }
    }
  }

  /** Whether the AC network agrees with a decision. */
  static boolean compared(
      AcFeedback feedback,
      OperatorDecision decision,
      Participants participants,
      AcValidator judge) {
    SecurityCase envelopes =
        participants.securityCase(decision.envelopes(), decision.assets(), List.of(), 0);
    return feedback.closes(
        decision.envelopes(),
        decision.assets(),
        judge.corners(envelopes),
        () ->
            judge.validate(envelopes) instanceof Verdict.Violated violated
                ? violated.violations()
                : List.of());
  }
}
