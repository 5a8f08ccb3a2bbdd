package ndoe.controller.journal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;

/** Rounds, trades, prices and payments as a negotiation could have left them. */
final class SyntheticMarket {
  private static final int ROUNDS = 14;

  private final Scenario scenario;
  private final List<ProsumerId> prosumers;

  SyntheticMarket(Scenario scenario) {
    this.scenario = scenario;
    prosumers = scenario.prosumers().stream().map(site -> site.id()).toList();
  }

  void record(RunFolder folder) {
    IntStream.rangeClosed(1, ROUNDS).mapToObj(SyntheticMarket::round).forEach(folder::round);
    List<TradeRow> trades = new ArrayList<>();
    List<PriceRow> prices = new ArrayList<>();
    for (int t = 0; t < scenario.horizon().intervals(); t++) {
      trades.add(trade(t));
      for (int n = 0; n < prosumers.size(); n++) {
        prices.add(price(t, n));
      }
    }
    folder.trades(trades);
    folder.prices(prices);
    folder.payments(payments());
  }

  /** Mismatches that shrink by a third each round; bounds come with the last. */
  private static RoundRow round(int number) {
    double mismatchKw = 500 * Math.pow(2.0 / 3, number);
    boolean last = number == ROUNDS;
    return new RoundRow(
        number,
        number > 9 ? 2 : 1,
        3,
        mismatchKw,
        mismatchKw / 4,
        mismatchKw / 1e4,
        mismatchKw / 2e4,
        3150 - mismatchKw,
        last ? OptionalDouble.of(3146.2) : OptionalDouble.empty(),
        last ? OptionalDouble.of(3148.55) : OptionalDouble.empty(),
        "nested",
        96L * number,
        49_152L * number,
        Duration.ofMillis(240L * number));
  }

  /** The first sells to the last, 30 kW more every interval. */
  private TradeRow trade(int t) {
    return new TradeRow(
        start(t),
        prosumers.get(0),
        prosumers.get(prosumers.size() - 1),
        30.0 * (t + 1),
        0.4,
        0.36,
        0.04);
  }

  private PriceRow price(int t, int n) {
    double energy = 0.25 + 0.01 * n;
    double scarcity = t == 12 ? 0.05 : 0;
    return new PriceRow(
        start(t),
        prosumers.get(n),
        OptionalDouble.of(energy),
        limit(0, -0.004),
        limit(scarcity, -0.004));
  }

  private static PriceRow.Limit limit(double voltage, double freedom) {
    return new PriceRow.Limit(
        OptionalDouble.of(voltage + freedom),
        OptionalDouble.of(voltage),
        OptionalDouble.of(0),
        OptionalDouble.of(freedom),
        OptionalDouble.of(0));
  }

  private List<PaymentRow> payments() {
    String seller = prosumers.get(0).value();
    String buyer = prosumers.get(prosumers.size() - 1).value();
    return List.of(
        new PaymentRow(buyer, seller, "peer_energy", new BigDecimal("3240.00")),
        new PaymentRow(buyer, "dso", "network_charge", new BigDecimal("360.00")),
        new PaymentRow(buyer, "retailer", "retail_energy", new BigDecimal("12.34")));
  }

  private LocalDateTime start(int t) {
    return scenario.horizon().startOf(t);
  }
}
