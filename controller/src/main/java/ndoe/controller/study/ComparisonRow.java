package ndoe.controller.study;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import ndoe.controller.dso.OperatorCost;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Bounds;
import ndoe.controller.trading.Trade;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/**
 * What came out of one case (method, section 14); money is in the scenario’s currency for the whole
 * horizon, costs are positive.
 *
 * @param agreed whether every tolerance was reached
 * @param operatorCost network cost, and the value of the envelopes apart
 * @param prosumerCost of all, network charges included
 * @param networkCharges on trades, part of the prosumers’ cost
 * @param peerEnergyKwh sold by prosumers to prosumers
 * @param curtailedKwh PV and wind not used, expected over the samples
 * @param dispatches limits broken at the plan and in the samples
 * @param rounds between operator and prosumers
 * @param gapFraction certified gap to the optimum; only where there are bounds
 * @param took until the agreement was judged and written
 */
public record ComparisonRow(
    ComparedCase compared,
    boolean certified,
    boolean agreed,
    OperatorCost operatorCost,
    double prosumerCost,
    double networkCharges,
    double peerEnergyKwh,
    double curtailedKwh,
    BrokenLimits dispatches,
    BrokenLimits corners,
    BrokenLimits randomPoints,
    int rounds,
    OptionalDouble gapFraction,
    Duration took,
    List<ProsumerResult> prosumers) {
  public ComparisonRow {
    prosumers = List.copyOf(prosumers);
  }

  static ComparisonRow of(
      ComparedCase compared, Scenario scenario, Agreement agreement, Duration took) {
    double hours = scenario.horizon().intervalHours();
    return new ComparisonRow(
        compared,
        agreement.certified(),
        agreement.effort().agreed(),
        agreement.operatorCost(),
        agreement.prosumerCost(),
        agreement.networkCharges(),
        hours * agreement.trades().stream().mapToDouble(Trade::powerKw).sum(),
        hours
            * agreement.plans().values().stream()
                .flatMapToDouble(plan -> plan.expectedCurtailedKw().stream())
                .sum(),
        BrokenLimits.atDispatches(agreement.verdict()),
        BrokenLimits.atCorners(agreement.verdict()),
        BrokenLimits.atRandomPoints(agreement.verdict()),
        agreement.effort().rounds(),
        agreement
            .bounds()
            .map(Bounds::gapFraction)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty()),
        took,
        scenario.connectionPoints().stream()
            .map(point -> ProsumerResult.of(point, scenario.horizon(), agreement))
            .toList());
  }

  /** What operator and prosumers pay together; the value of the envelopes is not money. */
  public double totalCost() {
    return operatorCost.network() + prosumerCost;
  }

  public double envelopeAreaMwh() {
    return prosumers.stream().mapToDouble(ProsumerResult::envelopeAreaMwh).sum();
  }

  /**
   * Jain’s index of the envelope areas per capacity: 1 when everybody has the same share, 1/N when
   * one has all.
   */
  public double fairness() {
    double sum = shares().sum();
    double squares = shares().map(share -> share * share).sum();
    return squares == 0 ? 1 : sum * sum / (prosumers.size() * squares);
  }

  private DoubleStream shares() {
    return prosumers.stream().mapToDouble(ProsumerResult::envelopeAreaFraction);
  }

  /** Limits broken at all operating points that were tried. */
  public int brokenLimits() {
    return dispatches.count() + corners.count() + randomPoints.count();
  }

  /** Whether this case promised to keep the network’s limits and does not. */
  public boolean brokeItsPromise() {
    return compared.decidedBy().respectsNetwork() && !certified;
  }

  Optional<ProsumerResult> of(ProsumerId prosumer) {
    return prosumers.stream().filter(result -> result.prosumer().equals(prosumer)).findFirst();
  }
}
