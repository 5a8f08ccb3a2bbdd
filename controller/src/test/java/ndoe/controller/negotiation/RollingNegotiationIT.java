package ndoe.controller.negotiation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ndoe.controller.ShortDay;
import ndoe.controller.message.HorizonShift;
import ndoe.controller.message.Post;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.prosumer.DeviceState;
import ndoe.cosim.opendss.OpenDssPowerFlow;
import ndoe.cosim.validation.AcValidator;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.ProsumerId;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingNegotiationIT {
  private static final NegotiationListener QUIET = new NegotiationListener() {};

  @TempDir Path temp;

  private final ConvexSolver solver = new InteriorPointSolver();
  private final AcValidator judge = new AcValidator(OpenDssPowerFlow::positiveSequence);
  private final Settings settings = Settings.defaults(20);

  @Test
  void agreesSoonerFromWhereEverybodyStoodAndOnTheSame() throws IOException {
    Scenario day = ScenarioFile.read(ShortDay.write(temp, 10, 6));
    try (Negotiation negotiation =
        new Negotiation(day, solver, judge, settings, new Post(), QUIET)) {
      Agreement first = negotiation.agree(Case.NDOE);
      StoredEnergy energy = asPlanned(day, first);
      Agreement warm =
          RollingNegotiation.after(negotiation, day, solver, judge, settings)
              .renew(1, energy, Map.of(), QUIET);
      Agreement cold =
          RollingNegotiation.cold(day, solver, judge, settings).renew(1, energy, Map.of(), QUIET);
      assertTrue(warm.certified());
      assertTrue(cold.certified());
      assertTrue(
          warm.effort().rounds() < cold.effort().rounds(), warm.effort() + " " + cold.effort());
      assertEquals(5, warm.envelopes().horizon().intervals());
      assertEquals(day.horizon().startOf(1), warm.envelopes().horizon().start());
      assertEquals(prosumersPay(cold), prosumersPay(warm), 0.01 * Math.abs(prosumersPay(cold)));
    }
  }

  private static double prosumersPay(Agreement agreement) {
    return agreement.plans().values().stream().mapToDouble(plan -> plan.cost()).sum();
  }

  /** What storages hold after the first interval when devices do in it what is planned. */
  private static StoredEnergy asPlanned(Scenario day, Agreement agreement) {
    Map<ProsumerId, DeviceState> devices = new HashMap<>();
    for (ProsumerSite site : day.prosumers()) {
      devices.put(site.id(), DeviceState.initial(site, day.horizon()).at(0));
    }
    List<Double> own =
        day.operator().batteries().stream()
            .map(
                battery -> {
                  AssetSchedule schedule =
                      agreement.assets().stream()
                          .filter(each -> each.asset().equals(battery.id()))
                          .findAny()
                          .orElseThrow();
                  double injected = schedule.activePowerKw().at(0);
                  double taken =
                      injected > 0
                          ? injected / battery.rating().efficiency()
                          : injected * battery.rating().efficiency();
                  return battery.rating().socInitialFraction() * battery.rating().energyKwh()
                      - taken;
                })
            .toList();
    return new StoredEnergy(devices, own);
  }

  @Test
  void correctsTheNearFutureByThePresent() throws IOException {
    Scenario day = ScenarioFile.read(ShortDay.write(temp, 10, 6));
    ProsumerSite before = day.prosumers().get(0);
    Scenario left = RemainingDay.of(day, 2, Map.of(before.id(), 0.5));
    ProsumerSite after = left.prosumers().get(0);
    double[] expected = before.generationHistoryKw().get(0).toArray();
    double[] corrected = after.generationHistoryKw().get(0).toArray();
    assertEquals(4, corrected.length);
    assertEquals(expected[2] * (1 - 0.5 * 0.7), corrected[0], 1e-9);
    assertEquals(expected[5] * (1 - 0.5 * Math.pow(0.7, 4)), corrected[3], 1e-9);
    assertEquals(before.loadKw().at(3), after.loadKw().at(1));
  }

  @Test
  void takesTheSameHourOfTheDayBeforeWhereTheHorizonGoesOn() {
    HorizonShift shift = new HorizonShift(1, 4, 4);
    assertArrayEquals(
        new double[] {1, 2, 3, 0, 11, 12, 13, 10},
        shift.moved(new double[] {0, 1, 2, 3, 10, 11, 12, 13}));
    assertArrayEquals(
        new double[] {2, 3, 12, 13},
        new HorizonShift(2, 4, 2).moved(new double[] {0, 1, 2, 3, 10, 11, 12, 13}));
    assertThrows(IllegalArgumentException.class, () -> new HorizonShift(-1, 4, 4));
  }
}
