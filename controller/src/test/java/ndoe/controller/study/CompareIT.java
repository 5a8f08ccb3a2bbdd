package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import ndoe.controller.ReferenceDay;
import ndoe.controller.ShortDay;
import ndoe.controller.dso.OperatorCost;
import ndoe.controller.journal.EmptyFolder;
import ndoe.controller.journal.RoundRow;
import ndoe.controller.journal.RunReader;
import ndoe.controller.negotiation.Settings;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareIT {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T09:30:00Z"), ZoneOffset.UTC);

  @TempDir Path temp;

  private Comparison compare(Scenario scenario, Set<ComparedCase> cases, int randomPoints) {
    return Comparison.run(
        scenario,
        cases,
        Settings.defaults(randomPoints),
        EmptyFolder.at(temp.resolve("out")),
        "test",
        CLOCK,
        new Comparison.Listener() {});
  }

  private static ComparisonRow row(Comparison comparison, ComparedCase of) {
    return comparison.rows().stream().filter(row -> row.compared() == of).findFirst().orElseThrow();
  }

  @Test
  void onlyWhatLooksAtTheNetworkKeepsItsLimitsAroundNoon() throws IOException {
    Scenario noon = ScenarioFile.read(ShortDay.write(temp, 10, 5));

    Comparison comparison = compare(noon, EnumSet.allOf(ComparedCase.class), 20);

    assertTrue(row(comparison, ComparedCase.P2P).dispatches().count() > 0);
    assertTrue(row(comparison, ComparedCase.P2P).corners().worst().isPresent());
    for (ComparedCase safe :
        List.of(
            ComparedCase.STATIC,
            ComparedCase.DSO,
            ComparedCase.NDOE,
            ComparedCase.CENTRAL,
            ComparedCase.NDOE_NO_CHARGES)) {
      assertEquals(0, row(comparison, safe).brokenLimits(), safe.toString());
      assertTrue(row(comparison, safe).certified(), safe.toString());
    }
    assertTrue(comparison.secure());
    addsUp(comparison);
    doesWhatTheNamesSay(comparison);
    writesEverything(comparison);
  }

  /** What prosumers pay each other is what others receive. */
  private static void addsUp(Comparison comparison) {
    for (ComparisonRow row : comparison.rows()) {
      double sum = row.prosumers().stream().mapToDouble(ProsumerResult::cost).sum();
      assertEquals(row.prosumerCost(), sum, 0.5, row.compared().toString());
      double bought = row.prosumers().stream().mapToDouble(ProsumerResult::boughtKwh).sum();
      assertEquals(row.peerEnergyKwh(), bought, 1e-6, row.compared().toString());
      assertTrue(row.fairness() > 0.125 - 1e-9 && row.fairness() < 1 + 1e-9);
    }
  }

  private static void doesWhatTheNamesSay(Comparison comparison) {
    ComparisonRow alone = row(comparison, ComparedCase.NOP2P);
    assertEquals(0, alone.peerEnergyKwh());
    alone.prosumers().forEach(p -> assertEquals(0, comparison.saving(p).orElseThrow()));
    ComparisonRow negotiated = row(comparison, ComparedCase.NDOE);
    ComparisonRow dso = row(comparison, ComparedCase.DSO);
    assertTrue(negotiated.totalCost() < dso.totalCost());
    assertTrue(negotiated.curtailedKwh() < dso.curtailedKwh());
    assertTrue(negotiated.rounds() > 0);
    assertTrue(negotiated.gapFraction().orElseThrow() < 0.005);
    assertTrue(negotiated.networkCharges() > 0);
    double lossPrice = comparison.scenario().operator().lossPricePerKwh();
    OperatorCost cost = negotiated.operatorCost();
    assertEquals(cost.losses(), lossPrice * cost.lossesKwh(), 1e-9);
    assertEquals(0, row(comparison, ComparedCase.NDOE_NO_CHARGES).networkCharges());
    ComparisonRow bare = row(comparison, ComparedCase.NDOE_NO_ASSETS);
    assertEquals(0, bare.operatorCost().compensation() + bare.operatorCost().batteryWear());
  }

  private void writesEverything(Comparison comparison) throws IOException {
    Path out = temp.resolve("out");
    int cases = ComparedCase.values().length;
    List<String> lines = Files.readAllLines(out.resolve("compare.csv"));
    assertEquals(1 + cases, lines.size());
    long columns = lines.get(0).chars().filter(c -> c == ',').count();
    assertTrue(
        lines.stream().allMatch(line -> line.chars().filter(c -> c == ',').count() == columns));
    assertTrue(lines.get(0).startsWith("case,certified,agreed,network_cost_cny,"), lines.get(0));
    assertTrue(lines.get(5).startsWith("ndoe,true,true,"), lines.get(5));
    assertEquals(
        1 + cases * comparison.scenario().prosumers().size(),
        Files.readAllLines(out.resolve("compare-prosumers.csv")).size());
    for (ComparedCase each : ComparedCase.values()) {
      assertEquals(
          each.decidedBy().toString(), RunReader.of(out.resolve(each.toString())).run().caseName());
    }
    assertTrue(
        RunReader.of(out.resolve("ndoe-no-assets"))
            .run()
            .scenario()
            .description()
            .endsWith("changed: without the operator’s own assets"));
    roundsEndNearWhatWasAgreed(out.resolve("ndoe"));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(cases + 3, files.count(), "a folder per case, two tables and a page");
    }
  }

  private static void roundsEndNearWhatWasAgreed(Path run) {
    List<RoundRow> rounds = RunReader.of(run).rounds();
    RoundRow last = rounds.get(rounds.size() - 1);
    double agreed = last.upperBound().orElseThrow();
    assertEquals(agreed, last.objective(), 0.01 * Math.abs(agreed));
    assertTrue(last.lowerBound().orElseThrow() <= agreed);
  }

  @Test
  void negotiatedEnvelopesCostProsumersAtMostAPercentOfTheReferenceDay() {
    Comparison comparison =
        compare(ReferenceDay.scenario(), EnumSet.of(ComparedCase.P2P, ComparedCase.NDOE), 20);

    double free = row(comparison, ComparedCase.P2P).prosumerCost();
    double negotiated = row(comparison, ComparedCase.NDOE).prosumerCost();
    assertEquals(free, negotiated, 0.01 * Math.abs(free));
    assertTrue(negotiated >= free);
    assertEquals(0, row(comparison, ComparedCase.NDOE).brokenLimits());
    assertTrue(row(comparison, ComparedCase.P2P).dispatches().count() > 0);
    assertTrue(
        comparison.rows().stream()
            .noneMatch(r -> comparison.saving(r.prosumers().get(0)).isPresent()));
  }
}
