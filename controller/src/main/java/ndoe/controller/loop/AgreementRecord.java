package ndoe.controller.loop;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import ndoe.controller.journal.AgreementFacts;
import ndoe.controller.journal.KillPoint;
import ndoe.controller.journal.PaymentRow;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.SampleTrajectory;
import ndoe.controller.negotiation.Agreement;
import ndoe.controller.negotiation.Bounds;
import ndoe.controller.settlement.Payment;
import ndoe.controller.settlement.Settlement;
import ndoe.controller.trading.Trade;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlan.PointPlan;
import ndoe.feeders.Horizon;
import ndoe.feeders.Profile;
import ndoe.feeders.Scenario;

/** Puts an agreement into the run folder. */
final class AgreementRecord {
  private final RunFolder folder;

  AgreementRecord(RunFolder folder) {
    this.folder = folder;
  }

  /**
   * The first of a run.
   *
   * @param forGood whether nothing will be agreed in its place while the run goes on
   */
  void write(Agreement agreement, InForce inForce, boolean forGood) {
    folder.envelopes(inForce.envelopes());
    folder.assets(inForce.assets());
    agreement
        .plans()
        .forEach((id, plan) -> folder.prosumer(id).scenarios(trajectories(plan.samples())));
    if (forGood) {
      folder.trades(inForce.trades());
      folder.prices(inForce.prices());
      folder.payments(rows(agreement.payments()));
    } else {
      folder.planned(inForce.trades(), inForce.prices());
    }
    folder.agreed(facts(agreement));
    KillPoint.AGREEMENT_WRITTEN.pass();
  }

  /** A later one, which may still be replaced. */
  void writeAgain(InForce inForce) {
    folder.envelopes(inForce.envelopes());
    folder.assets(inForce.assets());
    inForce.samples().forEach((id, samples) -> folder.samples(id, trajectories(samples)));
    folder.planned(inForce.trades(), inForce.prices());
  }

  /** Trades and prices of an interval that begins, which are firm from now on. */
  void delivered(InForce inForce, LocalDateTime start) {
    folder.trades(
        inForce.trades().stream().filter(row -> row.intervalStart().equals(start)).toList());
    folder.prices(
        inForce.prices().stream().filter(row -> row.intervalStart().equals(start)).toList());
  }

  /** Who pays whom for what was planned and traded in the end. */
  void settle(Scenario run, EnvelopePlan plan) {
    Horizon horizon = plan.horizon();
    List<Trade> trades =
        folder.trades().stream()
            .map(
                row ->
                    new Trade(
                        horizon.intervalAt(row.intervalStart()),
                        row.seller(),
                        row.buyer(),
                        row.powerKw(),
                        row.buyerPaysPerKwh(),
                        row.sellerReceivesPerKwh()))
            .toList();
    Settlement settlement = new Settlement(horizon);
    for (PointPlan point : plan.points()) {
      double[] purchaseKw = new double[horizon.intervals()];
      for (Trade trade : trades) {
        purchaseKw[trade.interval()] +=
            trade.buyer().equals(point.prosumer()) ? trade.powerKw() : 0;
        purchaseKw[trade.interval()] -=
            trade.seller().equals(point.prosumer()) ? trade.powerKw() : 0;
      }
      settlement.retail(
          point.prosumer(), point.plannedNetImportKw(), Profile.of(purchaseKw), run.tariff());
    }
    settlement.trades(trades);
    folder.payments(rows(settlement.payments()));
  }

  private static List<SampleTrajectory> trajectories(List<Sample> samples) {
    return samples.stream()
        .map(s -> new SampleTrajectory(s.probability(), s.generationKw()))
        .toList();
  }

  private static List<PaymentRow> rows(List<Payment> payments) {
    return payments.stream()
        .map(
            payment ->
                new PaymentRow(
                    payment.from(),
                    payment.to(),
                    payment.purpose().name().toLowerCase(Locale.ROOT),
                    BigDecimal.valueOf(payment.hundredths(), 2)))
        .toList();
  }

  private static AgreementFacts facts(Agreement agreement) {
    return new AgreementFacts(
        agreement.operatorCost().total(),
        agreement.prosumerCost(),
        parts(agreement),
        savings(agreement),
        agreement.effort().agreed(),
        agreement.effort().rounds(),
        agreement.effort().cycles(),
        agreement.effort().feedbackPasses(),
        agreement.shrinkFactor(),
        agreement
            .bounds()
            .map(Bounds::lower)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty()),
        agreement
            .bounds()
            .map(Bounds::gapFraction)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty()),
        agreement.effort().messages(),
        agreement.effort().payloadBytes());
  }

  private static Map<String, Double> savings(Agreement agreement) {
    Map<String, Double> savings = new LinkedHashMap<>();
    agreement.fallbackCost().keySet().stream()
        .sorted()
        .forEach(id -> savings.put(id.value(), agreement.saving(id)));
    return savings;
  }

  private static Map<String, Double> parts(Agreement agreement) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("network losses", agreement.operatorCost().losses());
    parts.put("operator battery wear", agreement.operatorCost().batteryWear());
    parts.put("reactive compensation", agreement.operatorCost().compensation());
    parts.put("value of envelopes", -agreement.operatorCost().envelopeValue());
    agreement.plans().values().stream()
        .sorted((a, b) -> a.prosumer().compareTo(b.prosumer()))
        .forEach(plan -> parts.put("prosumer " + plan.prosumer(), plan.cost()));
    if (!agreement.trades().isEmpty()) {
      parts.put("network charges on trades", agreement.networkCharges());
    }
    return parts;
  }
}
