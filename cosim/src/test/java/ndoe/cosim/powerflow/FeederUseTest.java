package ndoe.cosim.powerflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import ndoe.cosim.Ieee33;
import ndoe.feeders.AssetSchedule;
import ndoe.feeders.BusId;
import ndoe.feeders.ConnectionPoint;
import ndoe.feeders.Feeder;
import ndoe.feeders.OperatingEnvelope;
import ndoe.feeders.PassiveLoad;
import ndoe.feeders.Profile;
import ndoe.feeders.ProsumerId;
import org.junit.jupiter.api.Test;

final class FeederUseTest {
  private final Feeder feeder = Ieee33.atSourceVoltage(1);

  private static ConnectionPoint point(String id, String bus, double tanPhi) {
    return new ConnectionPoint(
        new ProsumerId(id), new BusId(bus), tanPhi, 100, 100, new OperatingEnvelope(0, 0));
  }

  @Test
  void addsLoadsAssetsAndExchangeAtTheirBusesWithTheirSigns() {
    FeederUse use =
        new FeederUse(
            feeder,
            List.of(new PassiveLoad("B5", new BusId("5"), Profile.of(1, 60), Profile.of(2, 30))),
            List.of(point("A", "5", 0.5), point("B", "5", 0), point("C", "7", 0.2)),
            List.of(
                new AssetSchedule("SVC", new BusId("7"), Profile.of(0, 5), Profile.of(0, 400))));
    Injections injections = new Injections(33);
    injections.add(20, 999, 999);

    use.put(1, new double[] {10, 20, -50}, injections);

    assertEquals(-60 - 10 - 20, injections.activePowerKw(4));
    assertEquals(-30 - 5, injections.reactivePowerKvar(4));
    assertEquals(5 + 50, injections.activePowerKw(6));
    assertEquals(400 + 10, injections.reactivePowerKvar(6));
    assertEquals(0, injections.activePowerKw(20));
  }

  @Test
  void refusesABusTheFeederDoesNotHave() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new FeederUse(feeder, List.of(), List.of(point("A", "99", 0)), List.of()));

    assertTrue(refusal.getMessage().contains("A is at bus 99"), refusal.getMessage());
  }
}
