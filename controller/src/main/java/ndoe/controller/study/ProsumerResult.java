package ndoe.controller.study;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.settlement.Payment;
import ndoe.controller.trading.Trade;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Horizon;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;

/**
 * What one case means for one prosumer, over the whole horizon.
 *
 * @param cost expected in the worst distribution, with what it pays to and receives from others, in
 *     the scenario’s currency
 * @param energyPricePerKwh mean of its local price over the intervals, currency per kWh; empty when
 *     nobody trades
 * @param boughtKwh from other prosumers
 * @param soldKwh to other prosumers
 * @param envelopeAreaMwh Σ (import limit + export limit) · Δ
 * @param envelopeAreaFraction of what the connection could carry
 */
public record ProsumerResult(
    ProsumerId prosumer,
    double cost,
    OptionalDouble energyPricePerKwh,
    double boughtKwh,
    double soldKwh,
    double envelopeAreaMwh,
    double envelopeAreaFraction) {

  static ProsumerResult of(ConnectionPoint point, Horizon horizon, Agreement agreement) {
    ProsumerId id = point.prosumer();
    double area = areaMwh(agreement.envelopes().of(id).envelopes(), horizon);
    double capacityKw = point.importCapacityKw() + point.exportCapacityKw();
    double capacityMwh = capacityKw / 1000 * horizon.intervalHours() * horizon.intervals();
    Profile price = agreement.energyPricePerKwh().get(id);
    return new ProsumerResult(
        id,
        agreement.plans().get(id).cost() - received(id, agreement.payments()),
        price == null ? OptionalDouble.empty() : price.stream().average(),
        energyKwh(agreement.trades(), horizon, Trade::buyer, id),
        energyKwh(agreement.trades(), horizon, Trade::seller, id),
        area,
        area / capacityMwh);
  }

  private interface End {
    ProsumerId of(Trade trade);
  }

  private static double energyKwh(
      Collection<Trade> trades, Horizon horizon, End end, ProsumerId prosumer) {
    return horizon.intervalHours()
        * trades.stream()
            .filter(trade -> end.of(trade).equals(prosumer))
            .mapToDouble(Trade::powerKw)
            .sum();
  }

  /** What is paid by contract with others; the retailer is in the plan’s cost already. */
  private static double received(ProsumerId prosumer, List<Payment> payments) {
    long hundredths =
        payments.stream()
            .filter(payment -> payment.purpose() != Payment.Purpose.RETAIL_ENERGY)
            .mapToLong(payment -> payment.receivedBy(prosumer.value()))
            .sum();
    return hundredths / 100.0;
  }

  private static double areaMwh(List<OperatingEnvelope> envelopes, Horizon horizon) {
    return horizon.intervalHours()
        / 1000
        * envelopes.stream().mapToDouble(e -> e.importLimitKw() + e.exportLimitKw()).sum();
  }
}
