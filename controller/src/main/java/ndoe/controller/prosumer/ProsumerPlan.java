package ndoe.controller.prosumer;

import java.util.List;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * What a prosumer intends to do; costs are in the scenario’s currency for the whole horizon.
 *
 * @param plannedNetImportKw the first stage, kW per interval, inside the envelope
 * @param purchaseKw of the plan, bought from other prosumers, kW per interval, negative when sold
 * @param retailCost what the rest of the plan costs at the retailer
 * @param worstExpectedRecourseCost expected cost of the second stage under the worst distribution
 * @param dispatches what happens in each sample
 * @param simultaneousChargeKw largest power that charges and discharges at once, kW; not 0 only
 *     when the premise of the method’s 4.5 fails
 */
public record ProsumerPlan(
    ProsumerId prosumer,
    Profile plannedNetImportKw,
    Profile purchaseKw,
    double retailCost,
    double worstExpectedRecourseCost,
    List<SampleDispatch> dispatches,
    double simultaneousChargeKw) {
  public ProsumerPlan {
    dispatches = List.copyOf(dispatches);
  }

  /** What the plan was made for, in the order of {@link #dispatches}. */
  public List<Sample> samples() {
    return dispatches.stream().map(SampleDispatch::sample).toList();
  }

  List<Double> recourseCosts() {
    return dispatches.stream().map(SampleDispatch::recourseCost).toList();
  }

  /** The same plan, its second stage weighed against other distributions. */
  ProsumerPlan withWorstExpectedRecourseCost(double cost) {
    return new ProsumerPlan(
        prosumer,
        plannedNetImportKw,
        purchaseKw,
        retailCost,
        cost,
        dispatches,
        simultaneousChargeKw);
  }

  public double cost() {
    return retailCost + worstExpectedRecourseCost;
  }

  /** PV and wind not used, expected over the samples, kW per interval. */
  public Profile expectedCurtailedKw() {
    return dispatches.stream()
        .map(dispatch -> dispatch.curtailedKw().times(dispatch.sample().probability()))
        .reduce(Profile::plus)
        .orElseThrow();
  }

  /**
   * The second stage for one sample.
   *
   * @param netImportKw exchange with the network, kW per interval, inside the envelope
   * @param curtailedKw PV and wind not used, kW per interval, ≥ 0
   * @param recourseCost in the scenario’s currency
   */
  public record SampleDispatch(
      Sample sample, Profile netImportKw, Profile curtailedKw, double recourseCost) {}
}
