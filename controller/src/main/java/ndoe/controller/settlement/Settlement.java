package ndoe.controller.settlement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ndoe.controller.settlement.Payment.Purpose;
import ndoe.controller.trading.Trade;
import ndoe.feeders.Horizon;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Tariff;

/**
 * The payments that follow from an agreement (method, section 9). Every payment has a giver and a
 * taker, so all balances add up to nothing.
 */
public final class Settlement {
  private final Horizon horizon;
  private final List<Payment> payments = new ArrayList<>();

  public Settlement(Horizon horizon) {
    this.horizon = horizon;
  }

  public List<Payment> payments() {
    return List.copyOf(payments);
  }

  /** What a prosumer buys from and sells to the retailer by its plan. */
  public void retail(ProsumerId prosumer, Profile planKw, Profile purchaseKw, Tariff tariff) {
    double bought = 0;
    double sold = 0;
    for (int t = 0; t < horizon.intervals(); t++) {
      double energyKwh = horizon.intervalHours() * (planKw.at(t) - purchaseKw.at(t));
      bought += Math.max(0, energyKwh) * tariff.retailBuyPerKwh().at(t);
      sold += Math.max(0, -energyKwh) * tariff.retailSellPerKwh().at(t);
    }
    pay(prosumer.value(), Payment.RETAILER, Purpose.RETAIL_ENERGY, Math.round(100 * bought));
    pay(Payment.RETAILER, prosumer.value(), Purpose.RETAIL_ENERGY, Math.round(100 * sold));
  }

  /** Contracts between prosumers and the network charges on them, per pair and direction. */
  public void trades(List<Trade> trades) {
    record Pair(ProsumerId buyer, ProsumerId seller) {}
    Map<Pair, double[]> totals = new LinkedHashMap<>();
    for (Trade trade : trades) {
      double[] total =
          totals.computeIfAbsent(new Pair(trade.buyer(), trade.seller()), pair -> new double[2]);
      double energyKwh = horizon.intervalHours() * trade.powerKw();
      total[0] += energyKwh * trade.buyerPaysPerKwh();
      total[1] += energyKwh * trade.networkChargePerKwh();
    }
    totals.forEach(
        (pair, total) -> {
          long paid = Math.round(100 * total[0]);
          long charge = Math.min(paid, Math.round(100 * total[1]));
          String buyer = pair.buyer().value();
          pay(buyer, pair.seller().value(), Purpose.PEER_ENERGY, paid - charge);
          pay(buyer, Payment.OPERATOR, Purpose.NETWORK_CHARGE, charge);
        });
  }

  /**
   * Prosumers pay for their envelopes, and the operator returns all of it by capacity.
   *
   * @param rents of each prosumer, in the currency
   * @param capacitiesKw of each prosumer, import and export together
   */
  public void rents(Map<ProsumerId, Double> rents, Map<ProsumerId, Double> capacitiesKw) {
    long collected = 0;
    for (var rent : rents.entrySet()) {
      long hundredths = Math.round(100 * rent.getValue());
      transfer(rent.getKey(), hundredths, Purpose.ENVELOPE_RENT);
      collected += hundredths;
    }
    double capacity = capacitiesKw.values().stream().mapToDouble(Double::doubleValue).sum();
    List<ProsumerId> prosumers = List.copyOf(rents.keySet());
    double all = collected / 100.0;
    long[] returned =
        Shares.rounded(
            prosumers.stream().map(id -> all * capacitiesKw.get(id) / capacity).toList(),
            collected);
    for (int n = 0; n < returned.length; n++) {
      transfer(prosumers.get(n), -returned[n], Purpose.ENVELOPE_RENT);
    }
  }

  /**
   * Shares what is saved against everybody’s fallback by asymmetric Nash bargaining with transfers:
   * {@code τ = (J⁰ − J) − α/Σα · Σ(J⁰ − J)}, paid to the operator’s clearing account and out of it.
   *
   * @param savings J⁰ − J of each prosumer, in the currency
   * @param powers α of each prosumer, &gt; 0
   */
  public void bargaining(Map<ProsumerId, Double> savings, Map<ProsumerId, Double> powers) {
    double all = savings.values().stream().mapToDouble(Double::doubleValue).sum();
    double power = savings.keySet().stream().mapToDouble(powers::get).sum();
    List<ProsumerId> prosumers = List.copyOf(savings.keySet());
    long[] transfers =
        Shares.rounded(
            prosumers.stream().map(id -> savings.get(id) - powers.get(id) / power * all).toList(),
            0);
    for (int n = 0; n < transfers.length; n++) {
      transfer(prosumers.get(n), transfers[n], Purpose.BARGAINING_TRANSFER);
    }
  }

  private void transfer(ProsumerId prosumer, long hundredths, Purpose purpose) {
    if (hundredths > 0) {
      pay(prosumer.value(), Payment.OPERATOR, purpose, hundredths);
    } else {
      pay(Payment.OPERATOR, prosumer.value(), purpose, -hundredths);
    }
  }

  private void pay(String from, String to, Purpose purpose, long hundredths) {
    if (hundredths < 0) {
      pay(to, from, purpose, -hundredths);
    } else if (hundredths > 0) {
      payments.add(new Payment(from, to, purpose, hundredths));
    }
  }

  /** What everybody is left with, hundredths of the currency; the sum is 0. */
  public Map<String, Long> balances() {
    Map<String, Long> balances = new TreeMap<>();
    for (Payment payment : payments) {
      balances.merge(payment.from(), -payment.hundredths(), Long::sum);
      balances.merge(payment.to(), payment.hundredths(), Long::sum);
    }
    return balances;
  }

  /** What somebody receives for a purpose less what it pays for it, hundredths of the currency. */
  public long received(String party, Purpose purpose) {
    return payments.stream()
        .filter(payment -> payment.purpose() == purpose)
        .mapToLong(payment -> payment.receivedBy(party))
        .sum();
  }
}
