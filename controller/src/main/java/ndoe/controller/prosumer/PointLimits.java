package ndoe.controller.prosumer;

import java.util.List;
import ndoe.controller.program.ConvexProgram;
import ndoe.controller.program.Variable;
import ndoe.feeders.OperatingEnvelope;

/** The limits of a connection point in a program, MW. */
interface PointLimits {

  /** A variable for an exchange with the network that stays inside the limits, MW. */
  Variable netImport(String name, int interval);

  /** Limits that are given. */
  static PointLimits of(ConvexProgram.Builder program, List<OperatingEnvelope> envelopes) {
    return (name, t) ->
        program.variable(
            name,
            -envelopes.get(t).exportLimitKw() / 1000,
            envelopes.get(t).importLimitKw() / 1000);
  }

  /** Limits that are decided by the same program. */
  static PointLimits of(
      ConvexProgram.Builder program, Variable[] importLimit, Variable[] exportLimit) {
    return (name, t) -> {
      Variable netImport =
          program.variable(name, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
      program
          .row(name + " within import", Double.NEGATIVE_INFINITY, 0)
          .add(netImport, 1)
          .add(importLimit[t], -1);
      program
          .row(name + " within export", 0, Double.POSITIVE_INFINITY)
          .add(netImport, 1)
          .add(exportLimit[t], 1);
      return netImport;
    };
  }
}
