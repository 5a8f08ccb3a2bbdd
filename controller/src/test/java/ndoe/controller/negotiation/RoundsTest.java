package ndoe.controller.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ndoe.controller.OtherScenarios;
import ndoe.controller.ReferenceDay;
import ndoe.controller.dso.BrokenLimit;
import ndoe.controller.dso.EnvelopePrice;
import ndoe.controller.dso.EnvelopePrices;
import ndoe.controller.dso.OperatorProblem;
import ndoe.controller.message.Message;
import ndoe.controller.message.Offer;
import ndoe.controller.message.Terms;
import ndoe.controller.message.Terms.TradeMethod;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.trading.Trade;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import ndoe.feeders.TradeLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Operator, prosumers and market on the linear network (method, section 17). */
class RoundsTest {
  @TempDir Path temp;

  /** A few hours around noon of some day, so that a test takes little time. */
  private Scenario shortDay(String date, int prosumers) {
    Scenario day =
        OtherScenarios.changed(
            temp,
            text ->
                text.replace("2016-06-21T00:00", date + "T08:00")
                    .replace("intervals: 24", "intervals: 8")
                    .replace("scenarios: 10", "scenarios: 5"));
    return OtherScenarios.first(day, prosumers);
  }

  private static double scale(Negotiated negotiated) {
    return Math.abs(negotiated.lowerBound) + 1000;
  }

  @ParameterizedTest
  @CsvSource({
    "2016-06-21, 4", "2016-06-21, 6", "2016-06-21, 8",
    "2016-01-19, 4", "2016-01-19, 6", "2016-01-19, 8",
    "2016-04-12, 4", "2016-04-12, 6", "2016-04-12, 8"
  })
  void agreesWithinATenthOfAPercentOfTheCentralOptimum(String date, int prosumers) {
    Negotiated negotiated = new Negotiated(shortDay(date, prosumers), Settings.TERMS);
    assertTrue(negotiated.agreed);
    double central = negotiated.central();
    double upper = negotiated.upperBound();
    double tolerance = 1e-6 * scale(negotiated);
    assertTrue(negotiated.lowerBound <= central + tolerance, negotiated.lowerBound + " " + central);
    assertTrue(central <= upper + tolerance, central + " " + upper);
    assertEquals(central, upper, 1e-3 * scale(negotiated));
    assertEquals(upper, negotiated.lowerBound, 3e-3 * scale(negotiated));
  }

  @Test
  void theSingleSweepComesAsCloseAsItIsAsked() {
    Terms terms = new Terms(TradeMethod.TRIAMC, 0.5, 0.9, 0.05, 1.6, 1, 2_000, 0.01, 1e-5);
    Negotiated negotiated = new Negotiated(shortDay("2016-06-21", 4), terms);
    assertTrue(negotiated.agreed);
    assertEquals(negotiated.central(), negotiated.lowerBound, 1e-5 * scale(negotiated));
  }

  @ParameterizedTest
  @EnumSource(TradeMethod.class)
  void everyWayOfTradingComesToTheSameAgreement(TradeMethod method) {
    Negotiated negotiated =
        new Negotiated(shortDay("2016-06-21", 4), Settings.TERMS.with(method, 3, 200));
    assertTrue(negotiated.agreed);
    double tolerance = method == TradeMethod.EDGE ? 3e-3 : 1e-3;
    assertEquals(negotiated.central(), negotiated.upperBound(), tolerance * scale(negotiated));
  }

  @Test
  void neighboursNeedNoPlatform() {
    Negotiated negotiated = new Negotiated(shortDay("2016-06-21", 6), Settings.TERMS, true);
    assertTrue(negotiated.agreed);
    assertEquals(negotiated.central(), negotiated.upperBound(), 1e-3 * scale(negotiated));
  }

  @Test
  void energyPricesLieBetweenTheRetailersAndDifferByTheChargeWhereALinkIsUsed() {
    Terms terms = new Terms(TradeMethod.TRIAMC, 0.5, 0.9, 0.05, 1.6, 1, 2_000, 0.01, 1e-5);
    Negotiated negotiated = new Negotiated(shortDay("2016-06-21", 6), terms);
    Scenario day = negotiated.scenario;
    for (Profile prices : negotiated.energyPrices.values()) {
      for (int t = 0; t < day.horizon().intervals(); t++) {
        assertTrue(prices.at(t) >= day.tariff().retailSellPerKwh().at(t));
        assertTrue(prices.at(t) <= day.tariff().retailBuyPerKwh().at(t));
      }
    }
    int used = 0;
    for (Trade trade : negotiated.trades) {
      TradeLink link =
          day.tradeLinks().stream().filter(l -> joins(l, trade)).findAny().orElseThrow();
      assertTrue(trade.powerKw() <= link.limitKw() + 1e-3);
      if (trade.powerKw() > 5 && trade.powerKw() < link.limitKw() - 5) {
        double spread =
            negotiated.energyPrices.get(trade.buyer()).at(trade.interval())
                - negotiated.energyPrices.get(trade.seller()).at(trade.interval());
        assertEquals(link.chargePerKwh(), spread, 1e-3, trade.toString());
        used++;
      }
    }
    assertTrue(used > 10, "hardly any trade: " + used);
  }

  private static boolean joins(TradeLink link, Trade trade) {
    return (link.first().equals(trade.buyer()) && link.second().equals(trade.seller()))
        || (link.first().equals(trade.seller()) && link.second().equals(trade.buyer()));
  }

  @Test
  void purchasesAndSalesAreTheSameEnergy() {
    Negotiated negotiated = new Negotiated(shortDay("2016-06-21", 6), Settings.TERMS);
    for (int t = 0; t < 8; t++) {
      int at = t;
      double sum = negotiated.purchaseKw.values().stream().mapToDouble(p -> p.at(at)).sum();
      assertEquals(0, sum, 1e-9);
    }
  }

  @Test
  void envelopePricesAreTheSumOfTheirParts() {
    Negotiated negotiated = new Negotiated(ReferenceDay.scenario(), Settings.TERMS);
    double dearest = 0;
    double byVoltage = 0;
    for (var site : negotiated.scenario.prosumers()) {
      EnvelopePrices prices = negotiated.operator.prices(site.id());
      for (int t = 0; t < negotiated.scenario.horizon().intervals(); t++) {
        EnvelopePrice imports = prices.importParts().get(t);
        EnvelopePrice exports = prices.exportParts().get(t);
        assertEquals(imports.total(), prices.importPerKwh().at(t), 1e-3);
        assertEquals(exports.total(), prices.exportPerKwh().at(t), 1e-3);
        assertTrue(exports.voltage() >= -1e-6 && exports.thermal() >= -1e-6);
        dearest = Math.max(dearest, prices.exportPerKwh().at(t));
        byVoltage = Math.max(byVoltage, exports.voltage());
      }
    }
    assertTrue(dearest > 0.01, "no export limit is scarce: " + dearest);
    assertTrue(byVoltage > 0.01, "voltage holds no export back: " + byVoltage);
  }

  @Test
  void prosumersAtOneBusShareItsLimitsAndTheirPrices() {
    Scenario neighbours =
        OtherScenarios.changed(
            temp,
            text ->
                text.replace("id: P14, bus: \"14\"", "id: P14, bus: \"18\"")
                    .replace("T00:00", "T08:00")
                    .replace("intervals: 24", "intervals: 8")
                    .replace("scenarios: 10", "scenarios: 5"));
    Negotiated negotiated = new Negotiated(neighbours, Settings.TERMS);
    assertTrue(negotiated.agreed);
    assertEquals(negotiated.central(), negotiated.upperBound(), 1e-3 * scale(negotiated));
    EnvelopePrices one = negotiated.operator.prices(new ProsumerId("P18"));
    EnvelopePrices other = negotiated.operator.prices(new ProsumerId("P14"));
    double dearest = 0;
    for (int t = 0; t < 8; t++) {
      assertEquals(one.exportParts().get(t).voltage(), other.exportParts().get(t).voltage(), 1e-9);
      assertEquals(one.exportParts().get(t).total(), one.exportPerKwh().at(t), 1e-3);
      assertEquals(other.exportParts().get(t).total(), other.exportPerKwh().at(t), 1e-3);
      dearest = Math.max(dearest, one.exportParts().get(t).voltage());
    }
    assertTrue(dearest > 0.01, "voltage holds no export back: " + dearest);
  }

  @Test
  void everyOfferOfEveryRoundIsSafeSoThatRoundsMayEndAnyTime() {
    Negotiated negotiated = new Negotiated(shortDay("2016-06-21", 8), Settings.TERMS);
    Map<Integer, Map<ProsumerId, Offer>> byRound = new TreeMap<>();
    for (Message message : negotiated.messages) {
      if (message instanceof Offer offer) {
        byRound.computeIfAbsent(offer.round(), r -> new HashMap<>()).put(offer.to(), offer);
      }
    }
    assertEquals(negotiated.rounds.size() + 1, byRound.size());
    byRound.forEach(
        (round, offers) -> {
          assertEquals(List.of(), broken(negotiated, offers, 1), "round " + round);
          assertNotEquals(List.of(), broken(negotiated, offers, 3), "this test sees nothing");
        });
  }

  /** Limits no schedule of the operator’s assets keeps for every use of the offers. */
  private static List<BrokenLimit> broken(
      Negotiated negotiated, Map<ProsumerId, Offer> offers, double times) {
    EnvelopePlan plan =
        new EnvelopePlan(
            negotiated.scenario.horizon(),
            negotiated.scenario.connectionPoints().stream()
                .map(point -> offered(point, offers.get(point.prosumer()), times))
                .toList());
    return OperatorProblem.schedule(
            negotiated.participants.operator(), negotiated.margins, plan, new InteriorPointSolver())
        .brokenLimits();
  }

  private static EnvelopePlan.PointPlan offered(ConnectionPoint point, Offer offer, double times) {
    List<OperatingEnvelope> envelopes = new ArrayList<>();
    for (int t = 0; t < offer.position().netImportKw().intervals(); t++) {
      envelopes.add(
          new OperatingEnvelope(
              Math.max(0, times * offer.position().importLimitKw().at(t)),
              Math.max(0, times * offer.position().exportLimitKw().at(t))));
    }
    return new EnvelopePlan.PointPlan(
        point.prosumer(), point.bus(), envelopes, offer.position().netImportKw());
  }
}
