package ndoe.controller.prosumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import ndoe.controller.ReferenceDay;
import ndoe.controller.program.ConvexSolver;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import org.junit.jupiter.api.Test;

class PreparedRecourseTest {
  private static final Scenario DAY = ReferenceDay.scenario();
  private static final List<OperatingEnvelope> ENVELOPES =
      Collections.nCopies(24, new OperatingEnvelope(300, 200));
  private static final ConvexSolver SOLVER = new InteriorPointSolver();

  private static PreparedRecourse prepared(ProsumerSite site) {
    return new PreparedRecourse(site, DAY.horizon(), DAY.tariff(), ENVELOPES, SOLVER);
  }

  private static double alone(ProsumerSite site, Profile planKw, Profile generationKw) {
    DeviceState start = DeviceState.initial(site, DAY.horizon());
    return Recourse.alone(
            site, DAY.horizon(), DAY.tariff(), ENVELOPES, planKw, generationKw, start, SOLVER)
        .cost();
  }

  @Test
  void costsWhatASecondStageBuiltForTheDayCosts() {
    for (ProsumerSite site : DAY.prosumers()) {
      PreparedRecourse recourse = prepared(site);
      for (double planKw : new double[] {80, -60}) {
        Profile plan = Profile.constant(planKw, 24);
        recourse.setPlan(plan);
        for (int day : new int[] {0, 30, 59}) {
          Profile generation = site.generationHistoryKw().get(day);
          double expected = alone(site, plan, generation);
          double found = recourse.solve(generation).cost();
          assertEquals(expected, found, 1e-5 * (1 + Math.abs(expected)), site.id().value());
        }
      }
    }
  }

  @Test
  void shedsWhatNeitherTheEnvelopeNorTheDevicesCanServe() {
    // P25 draws up to 630 kW and may not draw more than 300.
    ProsumerSite site = DAY.prosumers().get(2);
    PreparedRecourse recourse = prepared(site);
    recourse.setPlan(Profile.constant(0, 24));
    double dark = recourse.solve(Profile.constant(0, 24)).shedKwh();
    double bright = recourse.solve(Profile.constant(600, 24)).shedKwh();
    double most = site.loadKw().stream().sum();
    assertTrue(dark > 100 && dark < most, "shed in the dark: " + dark);
    assertEquals(0, bright, 1e-3);
  }
}
