package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import ndoe.controller.ReferenceDay;
import ndoe.devices.fleet.Connection;
import ndoe.devices.fleet.Role;
import ndoe.devices.gridsimulator.GridSimulatorSettings.Leave;
import ndoe.devices.gridsimulator.GridSimulatorSettings.OnlyMagnitude;
import ndoe.devices.sunspec.SunSpecQuirks;
import ndoe.feeders.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetFileTest {
  @TempDir Path temp;

  private static final List<DeviceNeed> NEEDS =
      ReferenceDay.scenario().prosumers().stream()
          .flatMap(site -> DeviceNeed.of(site, site.connectionPoint().defaultEnvelope()).stream())
          .toList();

  private FleetFile.Fleet read(String text) throws IOException {
    return FleetFile.read(Files.writeString(temp.resolve("fleet.yaml"), text), NEEDS);
  }

  @Test
  void readsTheExamplesOfTheLab() {
    for (String example : List.of("emulated", "mixed")) {
      Path file = Path.of("../lab-setup/fleets/" + example + ".yaml");
      assertTrue(FleetFile.read(file, NEEDS).broker().isPresent(), example);
    }
  }

  @Test
  void takesADeviceWithItsShareOfTheDefaultEnvelope() throws IOException {
    var fleet =
        read(
            "format: 1\ndevices:\n  - {id: lab-pv, prosumer: P22, role: pv, scale: 100, modbus:"
                + " {host: 10.1.1.1, unit: 7}}\n");
    var device = fleet.devices().get(0);
    assertEquals(Role.PV, device.role());
    assertEquals(new Connection.ModbusTcp("10.1.1.1", 502, 7), device.connection());
    assertEquals(49.75 * 600 / 900, device.reversionKw(), 0.01);
  }

  @Test
  void takesTheQuirksOfAVendorFromAFileBesideIt() throws IOException {
    Files.writeString(
        temp.resolve("acme.json"),
        "{\"unit\": 126, \"request_gap_ms\": 50, \"sign\": \"load\", \"percent_base\":"
            + " \"rating\"}");
    String entry =
        "format: 1\ndevices:\n  - {id: lab-pv, prosumer: P22, role: pv, modbus: {host: h";
    var told =
        (Connection.ModbusTcp)
            read(entry + ", quirks: acme.json}}\n").devices().get(0).connection();
    assertEquals(126, told.unitId());
    assertEquals(Duration.ofMillis(50), told.quirks().gap());
    assertEquals(SunSpecQuirks.Sign.LOAD, told.quirks().sign());
    assertEquals(SunSpecQuirks.PercentBase.RATING, told.quirks().percentBase());
    var named =
        (Connection.ModbusTcp)
            read(entry + ", unit: 3, quirks: acme.json}}\n").devices().get(0).connection();
    assertEquals(3, named.unitId());
  }

  @Test
  void namesFileKeyAndChoicesOfAQuirkThatIsNone() throws IOException {
    Files.writeString(temp.resolve("acme.json"), "{\"sign\": \"up\"}");
    for (String quirks : List.of("acme.json", "absent.json")) {
      String message =
          assertThrows(
                  InvalidInputException.class,
                  () ->
                      read(
                          "format: 1\ndevices:\n  - {id: lab-pv, prosumer: P22, role: pv, modbus:"
                              + " {host: h, quirks: "
                              + quirks
                              + "}}\n"))
              .getMessage();
      assertTrue(message.contains("fleet.yaml:3") && message.contains(quirks), message);
      if (quirks.equals("acme.json")) {
        assertTrue(message.contains("sign must be one of generator, load, not \"up\""), message);
      }
    }
  }

  @Test
  void readsTheQuirksOfTheLab() throws IOException {
    try (var files = Files.newDirectoryStream(Path.of("../lab-setup/quirks"), "*.json")) {
      int count = 0;
      for (Path file : files) {
        assertTrue(!SunSpecQuirks.read(file).equals(SunSpecQuirks.NONE), file + " says nothing");
        count++;
      }
      assertTrue(count > 0);
    }
  }

  @Test
  void listsEverythingThatIsWrong() {
    InvalidInputException refused =
        assertThrows(
            InvalidInputException.class,
            () ->
                read(
                    """
                    format: 1
                    devices:
                      - {id: A B, prosumer: P18, role: pv, modbus: {host: h}}
                      - {id: b, prosumer: P99, role: pv, modbus: {host: h}}
                      - {id: c, prosumer: P18, role: wind, modbus: {host: h}}
                      - {id: d, prosumer: P18, role: battery, mqtt: {}}
                      - {id: e, prosumer: P18, role: meter}
                      - {id: f, prosumer: P14, role: pv, modbus: {host: h, port: 70000}}
                      - {id: g, prosumer: P33, role: pv, modbus: {host: h}, scale: 0}
                      - {id: h, prosumer: P28, role: pv, modbus: {host: h}, sacle: 2}
                      - {id: p22-wind, prosumer: P30, role: pv, modbus: {host: h}}
                    """));
    for (int line = 3; line <= 11; line++) {
      String at = "fleet.yaml:" + line;
      assertTrue(refused.getMessage().contains(at), at + " in\n" + refused.getMessage());
    }
  }

  private InvalidInputException refusedGridSimulator(String entry) {
    return assertThrows(
        InvalidInputException.class,
        () -> read("format: 1\ndevices: []\ngrid_simulator: {" + entry + "}\n"));
  }

  @Test
  void takesAGridSimulatorWithItsUsualBounds() throws IOException {
    GridSimulatorEntry entry =
        read("""
            format: 1
            devices: []
            grid_simulator: {host: 10.1.1.2, profile: ametek-mx, prosumer: P18, role: pv,
              nominal_v: 230, max_current_a: 16, scale: 180, on_exit: off, reactive_magnitude: absorbed}
            """)
            .gridSimulator()
            .orElseThrow();
    assertEquals(5025, entry.address().port());
    assertEquals(0.4, entry.loop().relaxation());
    assertEquals(90, entry.loop().stepKva(), 1e-9);
    assertEquals(0.02, entry.loop().deviationPu());
    assertEquals(0.8, entry.simulator().lowestPu());
    assertEquals(OnlyMagnitude.ABSORBED, entry.simulator().onlyMagnitude());
    assertEquals(Leave.OFF, entry.simulator().leave());
  }

  @Test
  void namesWhatIsWrongWithAGridSimulator() {
    String start = "host: h, nominal_v: 230, max_current_a: 16, prosumer: P18, role: pv, ";
    Map<String, String> wrong =
        Map.of(
            start + "profile: regatron",
            "grid_simulator.profile: profile",
            start + "profile: pacific",
            "pacific has no command for: measure power; add measure_power",
            start + "profile: ametek-mx, phases: 2",
            "grid_simulator.phases: 2; allowed is 1 or 3",
            start + "profile: ametek-mx, relaxation: 2",
            "grid_simulator.relaxation",
            start + "profile: ametek-mx, relaxatoin: 0.5",
            "unknown key",
            start.replace("P18", "P1") + "profile: ametek-mx",
            "\"P1\" has no pv in this scenario; there are: ",
            start.replace("230", "0") + "profile: ametek-mx",
            "grid_simulator.nominal_v");
    wrong.forEach(
        (entry, message) -> {
          String refused = refusedGridSimulator(entry).getMessage();
          assertTrue(refused.contains(message), message + " in\n" + refused);
        });
  }
}
