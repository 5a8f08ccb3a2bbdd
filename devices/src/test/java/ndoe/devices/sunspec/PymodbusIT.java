package ndoe.devices.sunspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import ndoe.devices.DeviceId;
import ndoe.devices.DispatchReceipt;
import ndoe.devices.DispatchReceipt.Applied;
import ndoe.devices.Measurement;
import ndoe.devices.PriorControl;
import ndoe.devices.modbus.ModbusTimings;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The drivers against a server and an encoder of other people’s. */
@Timeout(60)
class PymodbusIT {
  private static final DeviceId ID = new DeviceId("peer");
  private static final Reversion IDLE = new Reversion(Duration.ofSeconds(45), 0);

  @ParameterizedTest
  @ValueSource(ints = {40_000, 0, 50_000})
  void drivesADeviceOfTheSevenHundreds(int base) throws Exception {
    try (PeerServer peer = new PeerServer(base, "modern")) {
      SunSpecScan scan = SunSpecScan.of(peer.address(), ModbusTimings.DEFAULT);
      assertEquals(base, scan.base());
      assertEquals("Peer", scan.find(1).orElseThrow().text("Mn"));
      assertEquals(49.97, scan.find(701).orElseThrow().number("Hz").orElseThrow(), 1e-9);
      try (SunSpecInverter inverter = SunSpecInverter.connect(ID, peer.address(), IDLE);
          SunSpecBattery battery = SunSpecBattery.connect(ID, peer.address(), IDLE)) {
        Measurement measured = inverter.measure();
        assertEquals(-3.21, measured.activePowerKw(), 1e-9);
        assertEquals(1.45, measured.reactivePowerKvar(), 1e-9);
        assertEquals(0.996, measured.voltagePu().orElseThrow(), 1e-9);
        assertEquals(0.615, battery.measure().socFraction().orElseThrow(), 1e-9);
        assertEquals(10, inverter.ratingKw());
        assertEquals(Optional.of(new PriorControl(true, 7.5, false)), inverter.priorControl());
        assertEquals(3.333, applied(inverter.limitActivePower(3.33399)), 1e-9);
        JsonNode limit = peer.values(704, "WMaxLimPctEna", "WMaxLimPct", "WMaxLimPctRvrtTms");
        assertEquals("[1,33.33,45]", list(limit));
        assertEquals(-5.432, applied(battery.setActivePower(-5.4321)), 1e-9);
        JsonNode setpoint = peer.values(704, "WSetEna", "WSet", "WSetRvrt", "WSetRvrtTms");
        assertEquals("[1,-5432,0,45]", list(setpoint));
        assertTrue(inverter.restorePriorControl());
        assertEquals("[1,75.0]", list(peer.values(704, "WMaxLimPctEna", "WMaxLimPct")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40_000, 0, 50_000})
  void drivesADeviceOfTheOlderModels(int base) throws Exception {
    try (PeerServer peer = new PeerServer(base, "older");
        SunSpecInverter inverter = SunSpecInverter.connect(ID, peer.address(), IDLE);
        SunSpecBattery battery = SunSpecBattery.connect(ID, peer.address(), IDLE)) {
      Measurement measured = battery.measure();
      assertEquals(4.56, measured.activePowerKw(), 1e-9);
      assertEquals(-0.78, measured.reactivePowerKvar(), 1e-9);
      assertEquals(230.2 * Math.sqrt(3) / 400, measured.voltagePu().orElseThrow(), 1e-9);
      assertEquals(0.615, measured.socFraction().orElseThrow(), 1e-9);
      assertEquals(10, inverter.ratingKw());
      assertEquals(5, battery.chargeRatingKw());
      assertEquals(7, battery.dischargeRatingKw());
      assertEquals(3.33, applied(inverter.limitActivePower(3.3399)), 1e-9);
      JsonNode limit = peer.values(123, "WMaxLim_Ena", "WMaxLimPct", "WMaxLimPct_RvrtTms");
      assertEquals("[1,33.3,45]", list(limit));
      assertEquals(-2.5, applied(battery.setActivePower(-2.5)), 1e-9);
      String[] points = {"StorCtl_Mod", "OutWRte", "InWRte", "InOutWRte_RvrtTms"};
      assertEquals("[3,-50.0,50.0,45]", list(peer.values(124, points)));
      assertEquals(1.25, applied(battery.setActivePower(1.25)), 1e-9);
      assertEquals("[3,25.0,-25.0,45]", list(peer.values(124, points)));
      assertTrue(inverter.restorePriorControl() && battery.restorePriorControl());
      assertEquals("[0,100.0,100.0,0]", list(peer.values(124, points)));
      assertEquals("[1,75.0]", list(peer.values(123, "WMaxLim_Ena", "WMaxLimPct")));
    }
  }

  private static double applied(DispatchReceipt receipt) {
    return assertInstanceOf(Applied.class, receipt, receipt::toString).appliedKw();
  }

  private static String list(JsonNode values) {
    StringBuilder text = new StringBuilder("[");
    values.forEach(value -> text.append(text.length() > 1 ? "," : "").append(value));
    return text.append("]").toString();
  }
}
