package ndoe.feeders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class ScenarioDaysTest {
  private static final Path REFERENCE = Path.of("ieee33/ieee33-improved.yaml");

  @Test
  void laterDaysHaveTheirOwnWeatherAndPast() {
    ScenarioDays days = ScenarioDays.of(ScenarioFile.read(REFERENCE), 2);
    Scenario first = days.dayOf(23);
    Scenario second = days.dayOf(24);
    assertSame(days.days().get(0), first);
    assertEquals(LocalDateTime.parse("2016-06-22T00:00"), second.horizon().start());
    assertEquals(0, days.withinDay(24));
    ProsumerSite before = first.prosumers().get(0);
    ProsumerSite after = second.prosumers().get(0);
    assertNotEquals(before.pv(), after.pv());
    assertNotEquals(before.loadKw(), after.loadKw());
    assertNotEquals(before.generationHistoryKw(), after.generationHistoryKw());
  }

  @Test
  void theWholeIsOneDayAfterTheOther() {
    ScenarioDays days = ScenarioDays.of(ScenarioFile.read(REFERENCE), 2);
    Scenario whole = days.whole();
    assertEquals(48, whole.horizon().intervals());
    for (int interval = 0; interval < 48; interval++) {
      int t = interval;
      Scenario day = days.dayOf(t);
      int within = days.withinDay(t);
      for (int n = 0; n < whole.prosumers().size(); n++) {
        ProsumerSite site = day.prosumers().get(n);
        ProsumerSite all = whole.prosumers().get(n);
        assertEquals(site.loadKw().at(within), all.loadKw().at(t));
        assertEquals(
            site.pv().map(pv -> pv.availablePowerKw().at(within)),
            all.pv().map(pv -> pv.availablePowerKw().at(t)));
      }
      assertEquals(
          day.passiveLoads().get(3).reactivePowerKvar().at(within),
          whole.passiveLoads().get(3).reactivePowerKvar().at(t));
      assertEquals(
          day.tariff().retailBuyPerKwh().at(within), whole.tariff().retailBuyPerKwh().at(t));
    }
  }

  @Test
  void oneDayIsTheScenarioItself() {
    Scenario day = ScenarioFile.read(REFERENCE);
    assertSame(day, ScenarioDays.of(day, 1).whole());
  }

  @Test
  void refusesToGoOnFromAPartOfADay() {
    Scenario hours = ScenarioFile.read(Path.of("ieee33/ieee33-short.yaml"));
    String problem =
        assertThrows(InvalidInputException.class, () -> ScenarioDays.of(hours, 2)).getMessage();
    assertTrue(problem.contains("horizon.intervals: found 3 of 60 minutes"), problem);
  }

  @Test
  void saysWhenTheProfilesEndBefore() {
    Scenario day = ScenarioFile.read(REFERENCE);
    String problem =
        assertThrows(InvalidInputException.class, () -> ScenarioDays.of(day, 300)).getMessage();
    assertTrue(problem.contains("horizon.start: 2017-04-16T00:00"), problem);
    assertTrue(problem.contains("is outside the data"), problem);
  }
}
