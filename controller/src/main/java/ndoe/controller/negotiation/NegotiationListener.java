package ndoe.controller.negotiation;

import java.util.List;
import java.util.function.Supplier;
import ndoe.controller.dso.EnvelopePrices;
import ndoe.controller.dso.OperatorDecision;
import ndoe.controller.message.Request;
import ndoe.controller.prosumer.ProsumerPlan;

/** Hears how an agreement comes about. */
public interface NegotiationListener {
  /** Hears nothing. */
  NegotiationListener SILENT = new NegotiationListener() {};

  /**
   * The operator decided alone and its corners were compared with the AC network.
   *
   * @param marginChange largest change of a voltage margin since the pass before, squared per unit
   * @param objective the operator’s objective, in the scenario’s currency
   */
  default void feedbackPass(int pass, double marginChange, double objective) {}

  /** Operator and prosumers exchanged offers and requests. */
  default void round(Round round) {}

  /**
   * Offers hardly moved although they were far from what was asked, or the opposite; the parties
   * weigh that more, or less.
   *
   * @param envelopeWeight from now on, thousands of the currency per MW²h
   */
  default void reweighted(int round, double envelopeWeight) {}

  /**
   * The operator made its offers, which are safe whatever comes later.
   *
   * @param round 0 before it heard anybody
   */
  default void offered(int round, OperatorDecision decision) {}

  /** What the prosumers asked for, as far as it arrived, before the operator answers it. */
  default void requested(int round, List<Request> requests) {}

  /**
   * The operator answered.
   *
   * @param prices per prosumer, reckoned only when asked for, which only works now
   */
  default void priced(int round, Supplier<List<EnvelopePrices>> prices) {}

  /** The mismatch did not halve for long; the mode that is proven to converge took over. */
  default void singleSweep(int round) {}

  /**
   * The agreement’s corners were compared with the AC network.
   *
   * @param marginChange largest change of a voltage margin since the pass before, squared per unit
   * @param secure whether no corner breaks a limit
   */
  default void agreementChecked(int pass, double marginChange, boolean secure) {}

  default void prosumerPlanned(ProsumerPlan plan) {}

  /** Bounds on what all pay together, in the scenario’s currency. */
  default void bounded(Bounds bounds) {}

  /** All envelopes were multiplied with this factor and judged. */
  default void shrinkTried(double factor, boolean certified) {}
}
