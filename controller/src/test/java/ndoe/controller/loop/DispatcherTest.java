package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import ndoe.controller.prosumer.DeviceSchedule;
import ndoe.feeders.OperatingEnvelope;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private static final SiteRatings RATINGS = new SiteRatings(600, 300, 0, 150, 40);

  private static SiteReading reading(double pv, double wind, double load) {
    return new SiteReading(pv, wind, 0, 0, 0, 0, load, 0.5);
  }

  private static DeviceSchedule schedule(double battery, double vehicle, double flexible) {
    return new DeviceSchedule(0, battery, vehicle, flexible, 0, 0, 0);
  }

  @Test
  void neverLetsGenerationExceedTheExportLimitEvenAtFullSun() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      OperatingEnvelope envelope =
          new OperatingEnvelope(1000 * random.nextDouble(), 800 * random.nextDouble());
      SiteReading reading =
          reading(600 * random.nextDouble(), 300 * random.nextDouble(), 200 * random.nextDouble());
      SiteSetpoints asked =
          Dispatcher.setpoints(
              schedule(
                  300 * random.nextDouble() - 150,
                  40 * random.nextDouble(),
                  50 * random.nextDouble()),
              reading,
              envelope,
              RATINGS);
      double exportAtFullSun =
          Math.min(600, asked.pvLimitKw())
              + Math.min(300, asked.windLimitKw())
              + asked.batteryKw()
              - asked.vehicleKw()
              - asked.flexibleKw()
              - reading.loadKw();
      assertTrue(
          exportAtFullSun <= envelope.exportLimitKw() + 1e-9,
          envelope + " " + reading + " " + asked);
    }
  }

  @Test
  void leavesSunAndWindAloneWhenTheEnvelopeHasRoom() {
    SiteSetpoints asked =
        Dispatcher.setpoints(
            schedule(0, 0, 0), reading(400, 100, 50), new OperatingEnvelope(500, 1000), RATINGS);
    assertEquals(600, asked.pvLimitKw(), 1e-9);
    assertTrue(asked.windLimitKw() >= 100);
  }

  @Test
  void sharesCurtailmentByWhatIsGenerated() {
    SiteSetpoints asked =
        Dispatcher.setpoints(
            schedule(0, 0, 0), reading(400, 200, 0), new OperatingEnvelope(500, 300), RATINGS);
    assertEquals(298.5 * 2 / 3, asked.pvLimitKw(), 1e-3);
    assertEquals(298.5 / 3, asked.windLimitKw(), 1e-3);
  }

  @Test
  void givesUpFlexibleLoadThenVehicleThenChargingWhenImportIsTight() {
    SiteSetpoints asked =
        Dispatcher.setpoints(
            schedule(-100, 40, 30), reading(0, 0, 80), new OperatingEnvelope(100, 50), RATINGS);
    assertEquals(0, asked.flexibleKw(), 1e-9);
    assertEquals(0, asked.vehicleKw(), 1e-9);
    assertEquals(-(99.5 - 80), asked.batteryKw(), 1e-9);
  }

  @Test
  void defaultsKeepTheDefaultEnvelopeWithoutAnyLoad() {
    SiteSetpoints asked = Dispatcher.defaults(new OperatingEnvelope(100, 50), RATINGS);
    assertTrue(asked.pvLimitKw() + asked.windLimitKw() <= 50);
    assertTrue(asked.pvLimitKw() > 30);
    assertEquals(0, asked.batteryKw());
    assertEquals(0, asked.vehicleKw());
  }
}
