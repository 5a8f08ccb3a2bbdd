package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import ndoe.controller.uncertainty.AmbiguitySet;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.Profile;
import ndoe.feeders.Uncertainty;
import ndoe.feeders.Uncertainty.Distance;
import ndoe.feeders.Uncertainty.Radius;
import org.junit.jupiter.api.Test;

class StudySettingTest {
  private static final Uncertainty GIVEN =
      new Uncertainty(60, 10, Distance.NORM, Radius.VALID, 0.95);

  private static AmbiguitySet set(Hedging hedging, List<Sample> samples) {
    return StudySetting.comparison(GIVEN, 300).stream()
        .filter(setting -> setting.hedging() == hedging)
        .map(setting -> hedging.around(samples, setting, 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void comparesTheSetsAScenarioWouldUse() {
    List<Sample> samples =
        Stream.of(1, 2, 3, 5).map(kw -> new Sample(0.25, Profile.constant(kw, 24))).toList();
    for (Radius radius : Radius.values()) {
      Uncertainty asked = new Uncertainty(60, 10, Distance.NORM, radius, 0.95);
      AmbiguitySet expected = AmbiguitySet.of(asked, samples, 60, 1);
      assertEquals(expected, set(Hedging.valueOf(radius.name()), samples), radius.name());
    }
    Uncertainty asked = new Uncertainty(60, 10, Distance.WASSERSTEIN, Radius.VALID, 0.95);
    assertEquals(AmbiguitySet.of(asked, samples, 60, 1), set(Hedging.WASSERSTEIN, samples));
  }

  @Test
  void sweepsOneThingAtATimeAndNothingTwice() {
    List<StudySetting> settings = StudySetting.sweeps(GIVEN, 300);
    assertEquals(settings.size(), settings.stream().distinct().count());
    assertEquals(
        List.of(15, 60, 300),
        settings.stream().map(StudySetting::historyDays).distinct().sorted().toList());
    assertEquals(
        List.of(5, 10), settings.stream().map(StudySetting::samples).distinct().sorted().toList());
    assertTrue(
        settings.stream().anyMatch(s -> s.sumConfidence() < s.maximumConfidence()),
        "no setting in which the sum's radius can bind");
  }

  @Test
  void neverAsksForMoreDaysOrSamplesThanThereAre() {
    for (StudySetting setting : StudySetting.sweeps(GIVEN, 4)) {
      assertTrue(setting.historyDays() <= 4 && setting.samples() <= 4, setting.toString());
    }
  }
}
