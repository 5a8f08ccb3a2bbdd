package ndoe.controller.negotiation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.dso.AcMargins;
import ndoe.controller.dso.EnvelopePrices;
import ndoe.controller.trading.Trade;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * What the parties settled on, before plans are made for it and the judge has seen it.
 *
 * @param offered envelopes in whole watts
 * @param margins the envelopes were decided with
 * @param purchaseKw per prosumer, bought from the others, kW per interval
 * @param energyPricePerKwh per prosumer; empty when nobody traded
 * @param fallbackCost per prosumer, what it would pay alone under the static envelope, in the
 *     scenario’s currency; empty when that was not asked
 * @param passiveLoadSlack by how much passive load alone breaks a linear limit
 * @param shortfallKw by how much an envelope is below the default one, kW
 */
record Deal(
    EnvelopePlan offered,
    AcMargins margins,
    Map<ProsumerId, Profile> purchaseKw,
    List<Trade> trades,
    double networkCharges,
    Map<ProsumerId, Profile> energyPricePerKwh,
    List<EnvelopePrices> envelopePrices,
    Map<ProsumerId, Double> fallbackCost,
    Effort effort,
    double passiveLoadSlack,
    double shortfallKw) {
  private static final double NOTICEABLE_SLACK = 1e-6;
  private static final double NOTICEABLE_KW = 0.1;

  /** Nobody trades. */
  static Deal withoutTrade(EnvelopePlan envelopes, Participants participants) {
    Map<ProsumerId, Profile> nothing = new HashMap<>();
    int intervals = envelopes.horizon().intervals();
    participants.ids().forEach(id -> nothing.put(id, Profile.constant(0, intervals)));
    return new Deal(
        envelopes,
        participants.noMargins(),
        nothing,
        List.of(),
        0,
        Map.of(),
        List.of(),
        Map.of(),
        new Effort(0, 0, 0, true, 0, 0),
        0,
        0);
  }

  /** Whether penalties, which nobody pays, are part of the objective, so that it says nothing. */
  boolean leavesNoChoice() {
    return passiveLoadSlack > NOTICEABLE_SLACK || shortfallKw > NOTICEABLE_KW;
  }
}
