package ndoe.controller.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import ndoe.controller.OtherScenarios;
import ndoe.controller.ReferenceDay;
import ndoe.controller.message.Post;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.prosumer.ProsumerPlan;
import ndoe.controller.settlement.Payment;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole negotiations with the AC network as judge, on days nobody tuned for. */
class NegotiationIT {
  @TempDir Path temp;

  private static Agreement agree(Scenario scenario, Case decidedBy, Settings settings) {
    try (Negotiation negotiation =
        new Negotiation(
            scenario,
            new InteriorPointSolver(),
            new AcValidator(OpenDssPowerFlow::positiveSequence),
            settings,
            new Post(),
            NegotiationListener.SILENT)) {
      return negotiation.agree(decidedBy);
    }
  }

  /** A few hours of the reference day, with something changed. */
  private Scenario shortDay(UnaryOperator<String> change) {
    return OtherScenarios.changed(
        temp,
        text ->
            change.apply(
                text.replace("T00:00", "T09:00")
                    .replace("intervals: 24", "intervals: 6")
                    .replace("scenarios: 10", "scenarios: 4")));
  }

  private static final Map<String, UnaryOperator<String>> CHANGES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("winter", text -> text.replace("2016-06-21", "2016-01-19")),
              Map.entry("spring", text -> text.replace("2016-06-21", "2016-04-12")),
              Map.entry("robust", text -> text.replace("radius: valid", "radius: robust")),
              Map.entry(
                  "wasserstein",
                  text ->
                      text.replace("radius: valid", "radius: valid\n  distance: wasserstein")
                          .replaceAll("(?m)^  distance: norm.*\n", "")),
              Map.entry("low voltage", text -> text.replace("_pu: 1.03", "_pu: 0.985")),
              Map.entry("high voltage", text -> text.replace("_pu: 1.03", "_pu: 1.048")),
              Map.entry(
                  "quarter hours",
                  text ->
                      text.replace(
                          "interval_minutes: 60, intervals: 6",
                          "interval_minutes: 15, intervals: 16")),
              Map.entry(
                  "ring",
                  text ->
                      text.replace(
                          "links: all ",
                          "links: [[P18, P33], [P33, P25], [P25, P22], [P22, P14], [P14, P30],"
                              + " [P30, P10], [P10, P28], [P28, P18]] ")),
              Map.entry(
                  "nobody may trade", text -> text.replaceAll("(?s)trading:.*?(?=\ndso:)", "")),
              Map.entry("no generation", text -> text.replaceAll(" (pv|wind): \\{[^}]*\\},?", "")),
              Map.entry(
                  "one prosumer", text -> text.replaceAll("(?m)^  - \\{id: P(?!33)\\d+.*$", "")),
              Map.entry(
                  "reactive power",
                  text -> text.replace("power_factor_tan_phi: 0.0", "power_factor_tan_phi: 0.2")),
              Map.entry(
                  "equal shares",
                  text -> text.replace("curvature: 0.01}", "curvature: 0.01, fairness: equal}"))));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "winter",
        "spring",
        "robust",
        "wasserstein",
        "low voltage",
        "high voltage",
        "quarter hours",
        "ring",
        "nobody may trade",
        "no generation",
        "one prosumer",
        "reactive power",
        "equal shares"
      })
  void agreesAndIsCertifiedOnDaysNobodyTunedFor(String change) {
    Agreement agreement = agree(shortDay(CHANGES.get(change)), Case.NDOE, Settings.defaults(50));
    assertTrue(agreement.certified(), change);
    assertTrue(agreement.effort().agreed(), change);
    assertEquals(1, agreement.shrinkFactor(), change);
    Bounds bounds = agreement.bounds().orElseThrow();
    assertTrue(bounds.lower() <= bounds.upper() + 1e-6 * bounds.scale(), bounds.toString());
    assertTrue(bounds.gapFraction() < 0.005, change + " " + bounds);
    for (ProsumerPlan plan : agreement.plans().values()) {
      assertTrue(plan.simultaneousChargeKw() <= 1e-3, change + " " + plan.prosumer());
    }
  }

  @Test
  void saysThatNothingCanBeCertifiedWhenPassiveLoadAloneBreaksALimit() {
    Scenario violating =
        shortDay(text -> text.replace("_pu: 1.03", "_pu: 0.955").replace("scale: 1.0", "scale: 2"));
    Agreement agreement = agree(violating, Case.NDOE, Settings.defaults(20));
    assertFalse(agreement.certified());
    assertTrue(agreement.passiveLoadSlack() > 1e-3);
    assertTrue(agreement.bounds().isEmpty(), "a bound that counts penalties says nothing");
    assertTrue(Double.isFinite(agreement.totalCost()));
  }

  @Test
  void publishesSafeEnvelopesEvenWhenRoundsRunOut() {
    Settings hasty =
        new Settings(
            Settings.TERMS.with(Settings.TERMS.tradeMethod(), 1, 2), false, false, false, 50);
    Agreement agreement = agree(shortDay(text -> text), Case.NDOE, hasty);
    assertFalse(agreement.effort().agreed());
    assertTrue(agreement.certified());
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void onlyCasesThatLookAtTheNetworkAreSecure(Case decidedBy) {
    Agreement agreement = agree(shortDay(text -> text), decidedBy, Settings.defaults(20));
    assertEquals(decidedBy.respectsNetwork(), agreement.certified());
    assertEquals(decidedBy != Case.NOP2P, !agreement.trades().isEmpty());
  }

  @Test
  void negotiatingComesCloseToTheCentralOptimumOnTheReferenceDay() {
    Agreement negotiated = agree(ReferenceDay.scenario(), Case.NDOE, Settings.defaults(20));
    Agreement central = agree(ReferenceDay.scenario(), Case.CENTRAL, Settings.defaults(20));
    assertTrue(negotiated.certified() && central.certified());
    assertEquals(central.totalCost(), negotiated.totalCost(), 5e-4 * central.scale());
    assertTrue(negotiated.bounds().orElseThrow().gapFraction() <= 0.003);
    assertTrue(negotiated.effort().rounds() <= 25, negotiated.effort().toString());
  }

  @Test
  void everyProsumerIsBetterOffWithBargainingThanAlone() {
    Scenario day = shortDay(text -> text);
    Settings bargaining = new Settings(Settings.TERMS, false, false, true, 20);
    Agreement agreement = agree(day, Case.NDOE, bargaining);
    List<ProsumerId> worse =
        agreement.plans().keySet().stream().filter(id -> agreement.saving(id) < -0.02).toList();
    assertEquals(List.of(), worse);
    Map<String, Long> balances = new TreeMap<>();
    for (Payment payment : agreement.payments()) {
      balances.merge(payment.from(), -payment.hundredths(), Long::sum);
      balances.merge(payment.to(), payment.hundredths(), Long::sum);
    }
    assertEquals(0, balances.values().stream().mapToLong(Long::longValue).sum());
  }
}
