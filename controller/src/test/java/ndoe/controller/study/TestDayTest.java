package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import ndoe.controller.ReferenceDay;
import ndoe.feeders.Horizon;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;
import org.junit.jupiter.api.Test;

class TestDayTest {
  private static final Horizon HOURLY = ReferenceDay.scenario().horizon();
  private static final HistorySplit SPLIT = new HistorySplit(List.of(0, 2, 4), List.of(1, 3, 5));

  private static double[] disturbances(List<TestDay> days, int interval) {
    return days.stream().mapToDouble(day -> day.factor().at(interval) - 1).toArray();
  }

  private static double covariance(double[] some, double[] others) {
    return IntStream.range(0, some.length)
        .mapToDouble(i -> some[i] * others[i])
        .average()
        .orElseThrow();
  }

  @Test
  void drawsTheSameDaysFromTheSameSeedHoweverMany() {
    List<TestDay> few = TestDay.draw(SPLIT, HOURLY, 7, 3);
    assertEquals(few, TestDay.draw(SPLIT, HOURLY, 7, 10).subList(0, 3));
    assertNotEquals(few, TestDay.draw(SPLIT, HOURLY, 8, 3));
  }

  @Test
  void usesEveryTestingDayAndNoOther() {
    List<Integer> used =
        TestDay.draw(SPLIT, HOURLY, 7, 200).stream()
            .map(TestDay::position)
            .distinct()
            .sorted()
            .toList();
    assertEquals(SPLIT.testing(), used);
  }

  @Test
  void disturbanceHasItsDeviationAndCorrelationInEveryInterval() {
    List<TestDay> days = TestDay.draw(SPLIT, HOURLY, 7, 20_000);
    for (int t : new int[] {0, 1, 12, 22}) {
      double[] now = disturbances(days, t);
      assertEquals(0, Arrays.stream(now).average().orElseThrow(), 0.005);
      assertEquals(0.12 * 0.12, covariance(now, now), 0.0006);
      assertEquals(0.7, covariance(now, disturbances(days, t + 1)) / (0.12 * 0.12), 0.03);
    }
  }

  @Test
  void correlationIsPerHourNotPerInterval() {
    Horizon quarters = new Horizon(HOURLY.start(), 15, 96);
    List<TestDay> days = TestDay.draw(SPLIT, quarters, 7, 20_000);
    double[] now = disturbances(days, 40);
    assertEquals(0.7, covariance(now, disturbances(days, 44)) / covariance(now, now), 0.03);
  }

  @Test
  void generationIsThatOfTheRealDayDisturbedAndWithinTheRating() {
    ProsumerSite site = ReferenceDay.scenario().prosumers().get(3);
    double peakKw = site.pv().orElseThrow().peakKw() + site.wind().orElseThrow().peakKw();
    Profile real = site.generationHistoryKw().get(5);
    Profile strong = new TestDay(5, Profile.constant(100, 24)).generationKw(site);
    assertEquals(peakKw, strong.at(12));
    Profile weak = new TestDay(5, Profile.constant(0.5, 24)).generationKw(site);
    assertEquals(real.times(0.5), weak);
  }
}
