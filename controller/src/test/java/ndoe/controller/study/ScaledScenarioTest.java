package ndoe.controller.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ndoe.controller.ReferenceDay;
import ndoe.feeders.BusId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaledScenarioTest {
  private final Scenario original = ReferenceDay.scenario();

  private static double photovoltaicKw(Scenario scenario) {
    return scenario.prosumers().stream()
        .mapToDouble(site -> site.pv().map(pv -> pv.peakKw()).orElse(0.0))
        .sum();
  }

  private static double batteryKwh(Scenario scenario) {
    return scenario.prosumers().stream()
        .mapToDouble(site -> site.battery().map(battery -> battery.energyKwh()).orElse(0.0))
        .sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 20, 128})
  void sizesTogetherStayNearTheOriginals(int prosumers) {
    Scenario scaled = ScaledScenario.of(original, prosumers);
    assertEquals(prosumers, scaled.prosumers().size());
    assertEquals(1.1, photovoltaicKw(scaled) / photovoltaicKw(original), 1e-9);
    assertEquals(1.1, batteryKwh(scaled) / batteryKwh(original), 1e-9);
  }

  @Test
  void everybodyHasFourPartnersAndNoLinkTwice() {
    Scenario scaled = ScaledScenario.of(original, 16);
    assertEquals(32, scaled.tradeLinks().size());
    for (ProsumerSite site : scaled.prosumers()) {
      List<String> partners =
          scaled.tradeLinks().stream()
              .flatMap(
                  link ->
                      Stream.of(link.first(), link.second()).toList().contains(site.id())
                          ? Stream.of(link.first().equals(site.id()) ? link.second() : link.first())
                          : Stream.empty())
              .map(id -> id.value())
              .toList();
      assertEquals(4, partners.size());
      assertEquals(4, partners.stream().distinct().count());
    }
  }

  @Test
  void everyBusButTheSubstationsIsUsedBeforeOneIsUsedTwice() {
    int others = original.feeder().buses().size() - 1;
    Scenario scaled = ScaledScenario.of(original, others);
    List<BusId> used =
        scaled.connectionPoints().stream().map(point -> point.bus()).distinct().toList();
    assertEquals(others, used.size());
    assertTrue(used.stream().noneMatch(original.feeder().buses().get(0)::equals));
  }

  @Test
  void scenarioIsTheSameEveryTime() {
    assertEquals(
        describe(ScaledScenario.of(original, 12)), describe(ScaledScenario.of(original, 12)));
  }

  private static String describe(Scenario scenario) {
    return scenario.prosumers().stream()
        .map(site -> site.connectionPoint() + " " + site.loadKw())
        .collect(Collectors.joining("\n"));
  }
}
