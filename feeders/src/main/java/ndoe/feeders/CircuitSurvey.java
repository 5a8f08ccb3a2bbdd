package ndoe.feeders;

import java.util.List;
import java.util.OptionalInt;

/** What an engine found in a circuit. */
public sealed interface CircuitSurvey {

  /**
   * A circuit that solves.
   *
   * @param nominalVoltageKv line-to-line, at the source, kV
   * @param sourceVoltagePu held behind the source’s impedance, per unit
   * @param nodes as {@code bus.phase}, those of the source bus first
   * @param branches lines and transformers; impedances are of one phase, ratings the engine’s
   *     normal ones
   * @param loads in the engine’s order, at nominal power
   */
  record Found(
      double nominalVoltageKv,
      double sourceVoltagePu,
      List<BusId> nodes,
      List<Line> branches,
      List<Load> loads)
      implements CircuitSurvey {
    public Found {
      nodes = List.copyOf(nodes);
      branches = List.copyOf(branches);
      loads = List.copyOf(loads);
    }
  }

  /**
   * The engine does not take it.
   *
   * @param statement which one of the circuit’s it was working on, if any
   * @param reason one line
   */
  record Refused(OptionalInt statement, String reason) implements CircuitSurvey {}
}
