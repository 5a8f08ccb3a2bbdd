package ndoe.controller.negotiation;

import ndoe.controller.prosumer.ProsumerPlan;

/** Hears how an agreement comes about. */
public interface NegotiationListener {
  /** Hears nothing. */
  NegotiationListener SILENT = new NegotiationListener() {};

  /**
   * The operator decided and its corners were compared with the AC network.
   *
   * @param marginChange largest change of a voltage margin since the pass before, squared per unit
   * @param objective the operator’s objective, in the scenario’s currency
   */
  default void feedbackPass(int pass, double marginChange, double objective) {}

  default void prosumerPlanned(ProsumerPlan plan) {}

  /** All envelopes were multiplied with this factor and judged. */
  default void shrinkTried(double factor, boolean certified) {}
}
