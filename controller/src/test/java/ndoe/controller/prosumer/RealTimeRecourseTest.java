package ndoe.controller.prosumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import ndoe.controller.ReferenceDay;
import ndoe.controller.program.InteriorPointSolver;
import ndoe.controller.uncertainty.Sample;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerSite;
import ndoe.feeders.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealTimeRecourseTest {
  private static final Scenario DAY = ReferenceDay.scenario();
  private static final int LAST = DAY.horizon().intervals() - 1;

  /** What is still due, of what the last interval can take. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1 - 1e-7, 1 - 1e-12, 1, 1 + 1e-12, 1.3})
  void lastIntervalServesWhatIsDueAsFarAsItCan(double due) {
    for (ProsumerSite site : DAY.prosumers()) {
      double mostKw = 2 * site.flexibleLoadFraction() * site.loadKw().at(LAST);
      double dueKwh = due * mostKw * DAY.horizon().intervalHours();
      double stored = site.battery().map(battery -> 0.3 * battery.energyKwh()).orElse(0.0);
      Profile nothing = Profile.constant(0, DAY.horizon().intervals());
      var point = site.connectionPoint();
      OperatingEnvelope capacity =
          new OperatingEnvelope(point.importCapacityKw(), point.exportCapacityKw());
      RealTimeRecourse recourse =
          new RealTimeRecourse(
              site,
              DAY.horizon(),
              DAY.tariff(),
              Collections.nCopies(DAY.horizon().intervals(), capacity),
              site.loadKw(),
              List.of(new Sample(1, nothing)),
              new InteriorPointSolver());
      DeviceSchedule done =
          recourse.decide(
              new DeviceState(LAST, stored, dueKwh, 0),
              0,
              site.loadKw().at(LAST) * (1 - site.flexibleLoadFraction()));
      assertEquals(Math.min(due, 1) * mostKw, done.flexibleKw(), 0.02, site.id().value());
    }
  }
}
