package ndoe.controller.negotiation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import ndoe.controller.message.ProsumerParty;
import ndoe.controller.message.Terms;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/** The prosumers of a negotiation, in this process or each in one of its own. */
public interface Prosumers {

  /** Everybody at the table, in the order of the scenario, to negotiate by these terms. */
  List<? extends ProsumerParty> gather(Terms terms);

  /**
   * What each intends to do inside its envelope with its trades firm; one that was dropped, now or
   * before, is missing.
   *
   * @param purchaseKw bought from the others, kW per interval
   */
  Map<ProsumerId, ProsumerPlan> plan(EnvelopePlan offered, Map<ProsumerId, Profile> purchaseKw);

  /**
   * What each would pay alone inside these envelopes, in the scenario’s currency; empty when they
   * do not tell.
   */
  Map<ProsumerId, Double> costsAlone(EnvelopePlan envelopes);

  /** Who is left at its default envelope because nobody counts on it any longer. */
  Set<ProsumerId> dropped();

  /** Whether rounds have to end, agreed or not. */
  boolean outOfTime();
}
