package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import ndoe.controller.ShortDay;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ScenarioFile;
import ndoe.feeders.ScenarioFile.WholeHistory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UncertaintyStudyTest {
  private static final int INTERVALS = 6;
  private static final int DAYS = 60;
  private static WholeHistory history;
  private static List<StudySite> sites;
  private static UncertaintyStudy study;
  private static List<StudyRow> rows;

  @BeforeAll
  static void studySixHoursOfTwoProsumers(@TempDir Path folder) throws IOException {
    history = ScenarioFile.readWithWholeHistory(ShortDay.write(folder, 9, INTERVALS));
    sites =
        history.scenario().prosumers().subList(0, 2).stream()
            .map(
                site ->
                    new StudySite(
                        site,
                        Collections.nCopies(INTERVALS, new OperatingEnvelope(600, 600)),
                        Profile.constant(-20, INTERVALS)))
            .toList();
    study = new UncertaintyStudy(history, sites, DAYS, new InteriorPointSolver());
    rows = study.run(comparison(), (plans, of) -> {});
  }

  private static List<StudySetting> comparison() {
    return StudySetting.comparison(history.scenario().uncertainty(), study.mostHistoryDays());
  }

  private static StudyRow row(Hedging hedging, String prosumer) {
    return rows.stream()
        .filter(row -> row.setting().hedging() == hedging && row.prosumer().equals(prosumer))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void learnsFromAsManyDaysAsItTestsWithAndFromNoneOfThem() {
    assertEquals(60, study.realTestDays());
    assertEquals(history.days().size() - 60, study.mostHistoryDays());
  }

  @Test
  void moreDistrustPromisesMore() {
    for (String prosumer : List.of("P18", "P33", StudyRow.ALL)) {
      double last = Double.NEGATIVE_INFINITY;
      for (Hedging hedging :
          List.of(Hedging.STOCHASTIC, Hedging.PUBLISHED, Hedging.VALID, Hedging.ROBUST)) {
        double promise = row(hedging, prosumer).promise();
        assertTrue(promise > last, hedging + " of " + prosumer);
        last = promise;
      }
      double wasserstein = row(Hedging.WASSERSTEIN, prosumer).promise();
      assertTrue(wasserstein > row(Hedging.STOCHASTIC, prosumer).promise());
      assertTrue(wasserstein < row(Hedging.ROBUST, prosumer).promise());
    }
  }

  @Test
  void robustPlansKeepTheirPromise() {
    for (String prosumer : List.of("P18", "P33", StudyRow.ALL)) {
      OutOfSample result = row(Hedging.ROBUST, prosumer).outOfSample();
      assertTrue(result.promiseKept(), prosumer + ": " + result);
      assertTrue(result.dearerShare() < 0.2, prosumer + ": " + result);
    }
  }

  @Test
  void allTogetherCostTheSumOnTheSameDays() {
    for (Hedging hedging : Hedging.values()) {
      StudyRow first = row(hedging, "P18");
      StudyRow second = row(hedging, "P33");
      StudyRow all = row(hedging, StudyRow.ALL);
      assertEquals(first.promise() + second.promise(), all.promise(), 1e-9);
      assertEquals(
          first.outOfSample().meanCost() + second.outOfSample().meanCost(),
          all.outOfSample().meanCost(),
          1e-9);
      // Neighbors have the same weather, so their errors add up.
      double apart =
          Math.hypot(first.outOfSample().standardError(), second.outOfSample().standardError());
      assertTrue(all.outOfSample().standardError() > 1.1 * apart, hedging.toString());
    }
  }

  @Test
  void isTheSameEveryTime() {
    List<StudyRow> again = study.run(comparison(), (plans, of) -> {});
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(rows.get(i).promise(), again.get(i).promise());
      assertEquals(rows.get(i).outOfSample(), again.get(i).outOfSample());
    }
  }

  @Test
  void tellsHowItGetsOn() {
    List<Integer> heard = new ArrayList<>();
    List<StudySetting> one = comparison().subList(0, 1);
    study.run(
        one,
        (plans, of) -> {
          assertEquals(2, of);
          heard.add(plans);
        });
    assertEquals(List.of(1, 2), heard);
  }

  @Test
  void writesOneLinePerRowAndOneOfTextPerWayToHedge() {
    List<String> csv = StudyTable.csv(rows).lines().toList();
    assertEquals(1 + rows.size(), csv.size());
    int fields = csv.get(0).split(",", -1).length;
    csv.forEach(line -> assertEquals(fields, line.split(",", -1).length, line));
    assertTrue(csv.get(1).startsWith("stochastic,60,10,,,P18,"), csv.get(1));
    List<String> text = StudyTable.text(rows, "CNY").lines().toList();
    assertEquals(1 + Hedging.values().length + 1, text.size());
    assertTrue(text.get(4).matches("robust .* [0-2]/2 [+-] .*"), text.get(4));
  }
}
