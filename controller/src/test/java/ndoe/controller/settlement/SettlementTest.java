package ndoe.controller.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ndoe.controller.settlement.Payment.Purpose;
import ndoe.controller.trading.Trade;
import ndoe.feeders.Horizon;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Tariff;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private static final Horizon HORIZON = new Horizon(LocalDateTime.of(2016, 6, 21, 0, 0), 15, 4);
  private static final Tariff TARIFF =
      new Tariff("CNY", Profile.constant(0.743, 4), Profile.constant(0.2, 4), 1.3, 0.5);
  private static final List<ProsumerId> IDS =
      List.of(new ProsumerId("A"), new ProsumerId("B"), new ProsumerId("C"));

  private static long sum(Settlement settlement) {
    return settlement.balances().values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void allPaymentsTogetherAddUpToNothing() {
    Random random = new Random(3);
    for (int day = 0; day < 200; day++) {
      Settlement settlement = new Settlement(HORIZON);
      List<Trade> trades = new ArrayList<>();
      for (int trade = 0; trade < 20; trade++) {
        int seller = random.nextInt(3);
        int buyer = (seller + 1 + random.nextInt(2)) % 3;
        double price = 0.2 + 0.5 * random.nextDouble();
        trades.add(
            new Trade(
                random.nextInt(4),
                IDS.get(seller),
                IDS.get(buyer),
                500 * random.nextDouble(),
                price + 0.02,
                price - 0.02));
      }
      settlement.trades(trades);
      Map<ProsumerId, Double> money = new LinkedHashMap<>();
      Map<ProsumerId, Double> weights = new LinkedHashMap<>();
      for (ProsumerId id : IDS) {
        settlement.retail(
            id,
            Profile.generate(4, t -> 400 * random.nextGaussian()),
            Profile.generate(4, t -> 100 * random.nextGaussian()),
            TARIFF);
        money.put(id, 100 * random.nextGaussian());
        weights.put(id, 0.1 + random.nextDouble());
      }
      settlement.rents(money, weights);
      settlement.bargaining(money, weights);
      assertEquals(0, sum(settlement));
      assertEquals(0, received(settlement, Purpose.ENVELOPE_RENT), "rent is returned");
      assertEquals(0, received(settlement, Purpose.BARGAINING_TRANSFER), "transfers are shared");
      assertEquals(
          -settlement.received(Payment.OPERATOR, Purpose.NETWORK_CHARGE),
          received(settlement, Purpose.PEER_ENERGY) + received(settlement, Purpose.NETWORK_CHARGE),
          "trading costs all prosumers the network charge and nothing else");
    }
  }

  private static long received(Settlement settlement, Purpose purpose) {
    return IDS.stream().mapToLong(id -> settlement.received(id.value(), purpose)).sum();
  }

  @Test
  void buyerPaysWhatSellerAndOperatorReceive() {
    Settlement settlement = new Settlement(HORIZON);
    settlement.trades(List.of(new Trade(0, IDS.get(0), IDS.get(1), 100, 0.52, 0.48)));
    assertEquals(
        List.of(
            new Payment("B", "A", Purpose.PEER_ENERGY, 1200),
            new Payment("B", Payment.OPERATOR, Purpose.NETWORK_CHARGE, 100)),
        settlement.payments());
  }

  @Test
  void bargainingSharesTheSavingsByPowerAndLeavesNobodyWorseOff() {
    Settlement settlement = new Settlement(HORIZON);
    Map<ProsumerId, Double> savings = new LinkedHashMap<>();
    savings.put(IDS.get(0), -10.0);
    savings.put(IDS.get(1), 40.0);
    savings.put(IDS.get(2), 0.0);
    Map<ProsumerId, Double> powers = Map.of(IDS.get(0), 1.0, IDS.get(1), 1.0, IDS.get(2), 1.0);
    settlement.bargaining(savings, powers);
    for (ProsumerId id : IDS) {
      double gained =
          savings.get(id) + settlement.received(id.value(), Purpose.BARGAINING_TRANSFER) / 100.0;
      assertEquals(10, gained, 0.01, id.value());
    }
  }

  @Test
  void roundingKeepsEveryHundredth() {
    List<Double> thirds = List.of(1 / 3.0, 1 / 3.0, 1 / 3.0);
    assertEquals(100, Arrays.stream(Shares.rounded(thirds, 100)).sum());
    assertEquals(-100, Arrays.stream(Shares.rounded(List.of(-0.4, -0.3, -0.3), -100)).sum());
    assertTrue(Arrays.stream(Shares.rounded(thirds, 100)).allMatch(share -> share >= 33));
  }
}
