package ndoe.controller.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import ndoe.controller.OtherScenarios;
import ndoe.controller.ReferenceDay;
import ndoe.controller.ShortDay;
import ndoe.controller.journal.MeasurementRow;
import ndoe.controller.journal.RunFolder;
import ndoe.controller.journal.RunReader;
import ndoe.controller.journal.RunStatus;
import ndoe.controller.journal.SetpointRow;
import ndoe.controller.negotiation.Case;
import ndoe.controller.negotiation.Settings;
import ndoe.devices.DeviceId;
import ndoe.devices.DeviceLinkException;
import ndoe.devices.emulator.EmulatedPlant;
import ndoe.devices.emulator.SunSpecEmulator;
import ndoe.feeders.EnvelopePlan;
import ndoe.feeders.EnvelopePlanFile;
import ndoe.feeders.Scenario;
import ndoe.feeders.ScenarioFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayRunIT {
  @TempDir Path temp;

  private static RunOptions options(Optional<Path> fleet, OptionalDouble speed) {
    return new RunOptions("run", "test", Case.NDOE, Settings.defaults(20), fleet, speed, false);
  }

  private RunFolder folder() {
    return RunFolder.at(temp.resolve("run"), Clock.systemUTC());
  }

  private RunOutcome run(
      Scenario day, RunFolder folder, Optional<Path> fleet, RunListener listener) {
    return DayRun.run(
        day, folder, options(fleet, OptionalDouble.empty()), Clock.systemUTC(), listener);
  }

  /** The last reading of each interval and prosumer, kW drawn. */
  private static Map<String, Double> settled(List<MeasurementRow> rows) {
    return rows.stream()
        .filter(MeasurementRow::isConnectionPoint)
        .collect(
            Collectors.toMap(
                row -> row.prosumer() + "@" + row.intervalStart(),
                MeasurementRow::netImportKw,
                (first, last) -> last));
  }

  @Test
  void runsSinglePhaseSitesOnAnUnbalancedFeeder() {
    Scenario hours = OtherScenarios.shortDayOf("ieee13", temp, 10, 3);
    RunFolder folder = folder();
    assertEquals(RunOutcome.DONE, run(hours, folder, Optional.empty(), new RunListener() {}));
    RunReader reader = RunReader.of(folder.path());
    assertEquals(List.of(), reader.violations());
    Map<Integer, List<Double>> atBus611 =
        reader.voltages().stream()
            .filter(row -> row.bus().value().equals("611"))
            .collect(
                Collectors.groupingBy(
                    row -> row.phase(),
                    Collectors.mapping(row -> row.voltagePu(), Collectors.toList())));
    assertEquals(Set.of(3), atBus611.keySet());
    assertTrue(atBus611.get(3).size() >= 3);
  }

  @Test
  void runsTheWholeReferenceDayInsideEveryLimit() {
    Scenario day = ReferenceDay.scenario();
    RunFolder folder = folder();
    assertEquals(RunOutcome.DONE, run(day, folder, Optional.empty(), new RunListener() {}));

    RunReader run = RunReader.of(folder.path());
    assertEquals(RunStatus.COMPLETED, run.run().status());
    assertTrue(run.run().judgement().orElseThrow().certified());
    assertEquals(List.of(), run.violations());
    assertTrue(
        run.setpoints().stream().allMatch(row -> row.result() == SetpointRow.Result.APPLIED));
    assertEquals(24 * 33 * 3, run.voltages().size());
    assertTrue(
        run.voltages().stream().allMatch(v -> v.voltagePu() >= 0.95 && v.voltagePu() <= 1.05));

    Map<String, Double> settled = settled(run.measurements());
    EnvelopePlan plan = EnvelopePlanFile.read(folder.path().resolve("envelopes.csv"), day);
    for (var point : plan.points()) {
      for (int t = 0; t < 24; t++) {
        double net = settled.get(point.prosumer() + "@" + day.horizon().startOf(t));
        var envelope = point.envelopes().get(t);
        assertTrue(
            net <= envelope.importLimitKw() + 0.5 && net >= -envelope.exportLimitKw() - 0.5,
            point.prosumer() + " draws " + net + " kW in interval " + t + ": " + envelope);
      }
    }
    assertTrue(Files.exists(folder.path().resolve("report.html")));
    assertTrue(Files.exists(folder.path().resolve("prosumers/P18/scenarios.csv")));
  }

  @Test
  void speaksBothProtocolsToPlantsAndBatteries() throws IOException {
    Scenario day = ScenarioFile.read(ShortDay.write(temp, 10, 2));
    RunFolder folder = folder();
    run(day, folder, Optional.empty(), new RunListener() {});
    List<String> devices = Files.readAllLines(folder.path().resolve("devices.csv"));
    for (String role : List.of("pv", "battery")) {
      for (String protocol : List.of("modbus", "mqtt")) {
        assertTrue(
            devices.stream().anyMatch(line -> line.contains("," + role + "," + protocol + " ")),
            role + " over " + protocol);
      }
    }
  }

  @Test
  void leavesEveryDeviceInsideItsDefaultEnvelope() throws IOException {
    Scenario day = ScenarioFile.read(ShortDay.write(temp, 11, 2));
    RunFolder folder = folder();
    run(day, folder, Optional.empty(), new RunListener() {});
    Map<DeviceId, SetpointRow> last =
        RunReader.of(folder.path()).setpoints().stream()
            .collect(Collectors.toMap(SetpointRow::device, row -> row, (a, b) -> b));
    for (var site : day.prosumers()) {
      double generation =
          last.values().stream()
              .filter(row -> row.prosumer().equals(site.id()))
              .filter(row -> row.quantity().equals("active_power_limit"))
              .mapToDouble(row -> row.appliedKw().orElseThrow())
              .sum();
      assertTrue(
          generation <= site.connectionPoint().defaultEnvelope().exportLimitKw(),
          site.id() + " may still inject " + generation + " kW");
    }
    assertTrue(
        last.values().stream()
            .filter(row -> row.quantity().equals("active_power"))
            .allMatch(row -> row.appliedKw().orElseThrow() == 0));
  }

  @Test
  void aLostRealDeviceSendsItsSiteToTheDefaultEnvelope() throws IOException {
    Scenario day = ScenarioFile.read(ShortDay.write(temp, 10, 4));
    EmulatedPlant plant =
        new EmulatedPlant(
            new DeviceId("lab-pv"),
            EmulatedPlant.Kind.GENERATOR,
            EmulatedPlant.Rating.generator(7, 0.35),
            Instant::now,
            System::nanoTime);
    plant.setAvailablePowerKw(4);
    RunFolder folder = folder();
    SunSpecEmulator device = SunSpecEmulator.start(plant);
    try {
      Path fleet =
          Files.writeString(
              temp.resolve("fleet.yaml"),
              """
              format: 1
              devices:
                - {id: lab-pv, prosumer: P14, role: pv, scale: 100,
                   modbus: {host: 127.0.0.1, port: %d, unit: 1}}
              """
                  .formatted(device.address().port()));
      RunOutcome outcome =
          run(
              day,
              folder,
              Optional.of(fleet),
              new RunListener() {
                @Override
                public void step(int interval, int of, double lowest, double highest) {
                  if (interval == 1) {
                    device.close();
                  }
                }
              });
      assertNotEquals(RunOutcome.DONE, outcome);
    } finally {
      device.close();
    }
    RunReader run = RunReader.of(folder.path());
    List<MeasurementRow> real =
        run.measurements().stream().filter(row -> row.device().equals("lab-pv")).toList();
    assertEquals(400, real.get(0).activePowerKw(), 1, "scaled to kW of the scenario");
    List<SetpointRow> afterwards =
        run.setpoints().stream()
            .filter(row -> row.prosumer().value().equals("P14"))
            .filter(row -> row.intervalStart().equals(day.horizon().startOf(3)))
            .toList();
    assertTrue(afterwards.stream().anyMatch(row -> row.result() == SetpointRow.Result.UNCONFIRMED));
    assertTrue(
        afterwards.stream()
            .filter(row -> row.device().value().equals("p14-battery"))
            .allMatch(row -> row.askedKw() == 0));
    assertTrue(
        run.setpoints().stream()
            .filter(row -> row.intervalStart().equals(day.horizon().startOf(3)))
            .filter(row -> !row.device().value().equals("lab-pv"))
            .allMatch(row -> row.result() == SetpointRow.Result.APPLIED),
        "the others go on");
  }

  @Test
  void namesTheDeviceThatCannotBeReached() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    Scenario day = ScenarioFile.read(ShortDay.write(temp, 10, 1));
    Path fleet =
        Files.writeString(
            temp.resolve("fleet.yaml"),
            "format: 1\ndevices:\n  - {id: lab-pv, prosumer: P18, role: pv, modbus: {host:"
                + " 127.0.0.1, port: "
                + closed
                + "}}\n");
    RunFolder folder = folder();
    DeviceLinkException refused =
        assertThrows(
            DeviceLinkException.class,
            () -> run(day, folder, Optional.of(fleet), new RunListener() {}));
    assertTrue(refused.getMessage().contains("lab-pv"), refused.getMessage());
    assertEquals(RunStatus.FAILED, RunReader.of(folder.path()).run().status());
    assertEquals(4, RunReader.of(folder.path()).run().exitCode().orElseThrow());
  }

  @Test
  void aForeignClientsSetpointShowsInTheRun() throws Exception {
    String python = System.getenv("NDOE_PEERS_PYTHON");
    if (python == null) {
      System.out.println("skipped: NDOE_PEERS_PYTHON is not set, no pysunspec2");
    }
    Assumptions.assumeTrue(python != null, "NDOE_PEERS_PYTHON is not set");
    Scenario day = ScenarioFile.read(ShortDay.write(temp, 10, 4));
    RunFolder folder = folder();
    StringBuilder seen = new StringBuilder();
    run(
        day,
        folder,
        Optional.empty(),
        new RunListener() {
          @Override
          public void step(int interval, int of, double lowest, double highest) {
            if (interval == 1) {
              seen.append(limitToZero(python, portOf(folder, "p14-pv")));
            }
          }
        });
    assertTrue(seen.toString().startsWith("read "), seen.toString());
    List<MeasurementRow> plant =
        RunReader.of(folder.path()).measurements().stream()
            .filter(row -> row.device().equals("p14-pv"))
            .filter(row -> row.intervalStart().equals(day.horizon().startOf(2)))
            .toList();
    assertEquals(0, plant.get(0).activePowerKw(), 1, "as the foreign client left it");
    assertEquals(0, plant.get(plant.size() - 1).activePowerKw(), 1, "a device has one writer");
    assertTrue(
        RunReader.of(folder.path()).setpoints().stream()
            .filter(row -> row.device().value().equals("p14-pv"))
            .anyMatch(row -> row.reason().contains("another controller")),
        "the record says who was in the way");
    double before =
        RunReader.of(folder.path()).measurements().stream()
            .filter(row -> row.device().equals("p14-pv"))
            .filter(row -> row.intervalStart().equals(day.horizon().startOf(1)))
            .reduce((first, last) -> last)
            .orElseThrow()
            .activePowerKw();
    assertEquals(before * 1000, Double.parseDouble(seen.toString().split(" ", -1)[1]), 1000);
  }

  private static int portOf(RunFolder folder, String device) {
    try {
      return Files.readAllLines(folder.path().resolve("devices.csv")).stream()
          .filter(line -> line.contains("," + device + ","))
          .map(line -> line.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1"))
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets pysunspec2 read the power and write a limit of 0; returns what it printed. */
  private static String limitToZero(String python, int port) {
    String script =
        """
        import sys
        import sunspec2.modbus.client as client
        device = client.SunSpecModbusClientDeviceTCP(
            slave_id=1, ipaddr="127.0.0.1", ipport=int(sys.argv[1]))
        device.scan()
        device.models[701][0].read()
        print("read", device.models[701][0].W.cvalue)
        control = device.models[704][0]
        control.WMaxLimPct.cvalue = 0
        control.WMaxLimPctEna.value = 1
        control.write()
        device.close()
        """;
    try {
      Process process =
          new ProcessBuilder(python, "-c", script, String.valueOf(port))
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? output.strip() : "failed: " + output;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aStaticCaseHoldsTheSameEnvelopeAllDay() throws IOException {
    Scenario day = ScenarioFile.read(ShortDay.write(temp, 8, 6));
    RunFolder folder = folder();
    RunOptions options =
        new RunOptions(
            "negotiate",
            "test",
            Case.STATIC,
            Settings.defaults(20),
            Optional.empty(),
            OptionalDouble.empty(),
            false);
    assertEquals(
        RunOutcome.DONE,
        DayRun.negotiate(day, folder, options, Clock.systemUTC(), new RunListener() {}));
    EnvelopePlan plan = EnvelopePlanFile.read(folder.path().resolve("envelopes.csv"), day);
    plan.points().forEach(point -> assertEquals(1, point.envelopes().stream().distinct().count()));
    assertFalse(Files.exists(folder.path().resolve("measurements.csv")));
  }
}
