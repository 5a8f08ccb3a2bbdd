package ndoe.controller.negotiation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import ndoe.controller.dso.EnvelopePrices;
import ndoe.controller.dso.OperatorCost;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.controller.settlement.Payment;
import ndoe.controller.trading.Trade;
import ndoe.cosim.validation.Verdict;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * What the parties agreed on, and the judge’s word on it. Only a certified agreement may come into
 * force.
 *
 * @param envelopes with the prosumers’ plans
 * @param plans per prosumer; private to each
 * @param networkCharges on all trades, in the scenario’s currency
 * @param energyPricePerKwh per prosumer, currency per kWh; empty when nobody traded
 * @param envelopePrices per prosumer; empty unless negotiated
 * @param fallbackCost per prosumer, what it would pay alone under the static envelope, in the
 *     scenario’s currency; empty when that was not asked
 * @param payments that follow from the plans and trades
 * @param bounds on the objective; only when it was negotiated or solved centrally
 * @param shrinkFactor 1, or the factor all envelopes had to be multiplied with at the end
 * @param passiveLoadSlack by how much passive load alone breaks a linear limit; 0 when it does not
 * @param shortfallKw by how much an envelope is below the default one, kW; 0 when none is
 */
public record Agreement(
    Case decidedBy,
    EnvelopePlan envelopes,
    List<AssetSchedule> assets,
    OperatorCost operatorCost,
    Map<ProsumerId, ProsumerPlan> plans,
    List<Trade> trades,
    double networkCharges,
    Map<ProsumerId, Profile> energyPricePerKwh,
    List<EnvelopePrices> envelopePrices,
    Map<ProsumerId, Double> fallbackCost,
    List<Payment> payments,
    Optional<Bounds> bounds,
    Verdict verdict,
    Effort effort,
    double shrinkFactor,
    double passiveLoadSlack,
    double shortfallKw) {
  public Agreement {
    assets = List.copyOf(assets);
    plans = Map.copyOf(plans);
    trades = List.copyOf(trades);
    energyPricePerKwh = Map.copyOf(energyPricePerKwh);
    envelopePrices = List.copyOf(envelopePrices);
    fallbackCost = Map.copyOf(fallbackCost);
    payments = List.copyOf(payments);
  }

  public boolean certified() {
    return verdict instanceof Verdict.Certificate;
  }

  /**
   * What a prosumer pays less than alone under the static envelope, in the scenario’s currency;
   * what others pay it and what it pays them is counted.
   */
  public double saving(ProsumerId prosumer) {
    double received =
        payments.stream()
                .filter(payment -> payment.purpose() != Payment.Purpose.RETAIL_ENERGY)
                .mapToLong(payment -> payment.receivedBy(prosumer.value()))
                .sum()
            / 100.0;
    return fallbackCost.get(prosumer) - plans.get(prosumer).cost() + received;
  }

  /** What all prosumers pay together, network charges included, in the scenario’s currency. */
  public double prosumerCost() {
    return plans.values().stream().mapToDouble(ProsumerPlan::cost).sum() + networkCharges;
  }

  /** The objective of all together, in the scenario’s currency. */
  public double totalCost() {
    return operatorCost.total() + prosumerCost();
  }

  /** What gaps are measured in, in the scenario’s currency. */
  public double scale() {
    return Math.abs(operatorCost.total()) + Math.abs(prosumerCost());
  }
}
